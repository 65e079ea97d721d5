import type { PlayedFilm } from '../run/film.ts';
import type { Row } from '../run/rows.ts';
import type { Colours } from './colours.ts';

/** What of a film is to be drawn, and where. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly colours: Colours;
  readonly film: PlayedFilm;
  readonly rows: readonly Row[];
  readonly positions: Float64Array;
  readonly shown: readonly [number, number];
  /** The first and the last step of which anything is to be seen. */
  readonly from: number;
  readonly to: number;
  /** In px: what is visible of the rows, from `top` on. */
  readonly width: number;
  readonly height: number;
  readonly top: number;
  /** In px: the room for labels on the left. */
  readonly gutter: number;
  readonly step: number;
  readonly failing: number | null;
  readonly difference: number | null;
  /** The invocation whose bars stand out. */
  readonly invocation: number | null;
}

/** In px: the room for the times above the rows. */
export const AXIS = 22;

/** Where a position is drawn. */
export function xOf({ gutter, width, shown: [from, to] }: Sheet, position: number): number {
  return gutter + ((position - from) / (to - from)) * (width - gutter);
}

/** Which position is drawn at a place: the other way round. */
export function positionAt({ gutter, width, shown: [from, to] }: Sheet, x: number): number {
  return from + ((x - gutter) / (width - gutter)) * (to - from);
}
