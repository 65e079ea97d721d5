/** What is drawn of a figure, whoever draws it: as SVG by echarts, and in a page by itself. */

/** How a line is drawn: told apart by its dashes alone where there are no colours. */
export interface Stroke {
  readonly colour: string;
  /** Lengths of dashes and gaps; a whole line has none. */
  readonly dash: readonly number[];
  readonly width: number;
}

export interface Line {
  readonly name: string;
  readonly stroke: Stroke;
  readonly points: readonly (readonly [x: number, y: number | null])[];
  /** Whose doing it is; absent where it is nobody's alone. */
  readonly scheduler?: string;
}

export interface Panel {
  readonly title: string;
  /** With their units. */
  readonly xName: string;
  readonly yName: string;
  /** Logarithmic, from 1 up. */
  readonly isLog?: boolean;
  /** Where the axis ends at least. */
  readonly most?: number;
  /** Whether it only ever goes up, so that its highest point says nothing. */
  readonly isSum?: boolean;
  readonly lines: readonly Line[];
}

export interface Picture {
  readonly title: string;
  readonly caption: string;
  readonly panels: readonly Panel[];
  /** Vertical lines and what they say, such as where the load changes and to what. */
  readonly marks: readonly { readonly at: number; readonly label: string }[];
  /** The common axis: from where to where, or the values that stand on it at equal steps. */
  readonly xAxis:
    | { readonly least: number; readonly most: number }
    | {
        readonly values: readonly number[];
        /** What each value stands for, if that is more than a number. */
        readonly names?: readonly string[];
      };
}

/** Colours that colour-blind people can tell apart (Okabe and Ito). */
export const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

/** Dashes that can be told apart without colours. */
export const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [16, 4]];

/** Named rows, and marks on each: told apart by their shapes alone where there are no colours. */
export interface Dots {
  readonly title: string;
  readonly caption: string;
  /** From top to bottom, the same in every panel. */
  readonly rows: readonly string[];
  /** Of the common scale, which is logarithmic from 1 up. */
  readonly xName: string;
  readonly panels: readonly {
    readonly title: string;
    readonly series: readonly {
      readonly name: string;
      readonly symbol: 'circle' | 'diamond';
      readonly isFilled: boolean;
      /** By row; `null` stands at the right edge. */
      readonly values: readonly (number | null)[];
    }[];
  }[];
}
