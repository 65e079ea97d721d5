import type { Dots, Picture } from '../../reference-impl/simulation/figures/picture.ts';

/** What the page of a simulation shows. */
export interface SimulationPageData {
  readonly title: string;
  /** The command that writes this page again. */
  readonly command: string;
  /** What it was made of, by name, with units. */
  readonly parameters: readonly Parameter[];
  /** Lines over time or over a parameter; or marks in rows; or neither. */
  readonly picture: Picture | null;
  readonly dots: Dots | null;
  /** The same in tables, as the command line prints it. */
  readonly text: string;
  /** Where a panel is highest, and the stretch of the run around it: by their number, as addresses name them. */
  readonly peaks: readonly PeakLink[];
  /** Why some or all panels lead to no replay, in sentences; null where all that could do so do. */
  readonly whyNoReplay: string | null;
}

export type Parameter = readonly [name: string, value: string];

export interface PeakLink {
  /** The panel, by index. */
  readonly panel: number;
  /** Of a picture: the point. Of dots: the row, and nothing. */
  readonly x: number;
  readonly y: number | null;
  /** What is highest, and where. */
  readonly words: string;
}
