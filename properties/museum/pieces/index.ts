import { type BuiltPiece, isBuilt, type Piece, type Room } from '../piece.ts';
import { BEYOND } from './beyond.ts';
import { CALLERS } from './callers.ts';
import { COUNTS } from './counts.ts';
import { CRASHES } from './crashes.ts';
import { FREED_LATE } from './freed-late.ts';
import { LOOPS } from './loops.ts';
import { ORDER } from './order.ts';
import { QUOTAS } from './quotas.ts';
import { VICTIMS } from './victims.ts';

/** The museum, room by room. */
export const ROOMS: readonly Room[] = [
  LOOPS,
  FREED_LATE,
  VICTIMS,
  COUNTS,
  ORDER,
  CALLERS,
  CRASHES,
  QUOTAS,
  BEYOND,
];

export const PIECES: readonly Piece[] = ROOMS.flatMap(({ pieces }) => pieces);

/** Those whose fault a scheduler here has. */
export const BUILT_PIECES: readonly BuiltPiece[] = PIECES.filter(isBuilt);
