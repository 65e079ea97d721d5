import type { PropertyId } from '../property.ts';

/** A public report of a scheduling bug, in our own words. */
export interface PublicReport {
  /** Kebab-case: the last part of the project's name and the number. The name of what is kept of the piece. */
  readonly id: string;
  /** Owner and name on GitHub. */
  readonly project: string;
  readonly number: number;
  readonly kind: 'issue' | 'pull request';
  /** What it comes down to, as a heading. */
  readonly title: string;
  /** What went wrong there. */
  readonly there: string;
}

/** A bug whose fault is built into a scheduler here. */
export interface BuiltPiece extends PublicReport {
  /** The same fault here. */
  readonly here: string;
  /** The wrong scheduler that has it, as `--scheduler` knows it. */
  readonly scheduler: string;
  /** What finds it, alone and on its own evidence. */
  readonly property: PropertyId;
}

/** A bug that scenarios and schedulers here have no words for. */
export interface MissingPiece extends PublicReport {
  /** What the alphabet would have to have. */
  readonly needs: string;
}

export type Piece = BuiltPiece | MissingPiece;

export function isBuilt(piece: Piece): piece is BuiltPiece {
  return 'scheduler' in piece;
}

/** Where the report can be read. */
export function addressOf({ project, number, kind }: PublicReport): string {
  return `https://github.com/${project}/${kind === 'issue' ? 'issues' : 'pull'}/${number}`;
}

/** A room of the museum: what its pieces have in common. */
export interface Room {
  readonly title: string;
  readonly pieces: readonly Piece[];
}
