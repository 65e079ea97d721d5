import type { SetAside } from '../records/collect.ts';

/** What became of a corpus in a campaign. */
export interface CorpusSummary {
  readonly directory: string;
  /** Scenarios that were there, that this campaign has added, and that are there now. */
  readonly replayed: number;
  readonly added: number;
  readonly kept: number;
  /** Files that could not be read; they are left where they are. */
  readonly setAside: readonly SetAside[];
}
