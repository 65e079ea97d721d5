import { COLOURS, DASHES, type Line, type Picture } from '../../reference-impl/simulation/figures/picture.ts';
import type { TheoryReport, TheoryRow } from '../theory/experiments.ts';
import { figureText } from '../theory/report.ts';

/** Why no point of that picture leads to a replay, as those of other pages do. */
export const WHY_NO_REPLAY =
  'Nothing here leads to a replay: each figure is a mean over whole replications, so no moment of a run is its peak. The pages of other simulations (xx simulate --html, without theory) lead from each peak to the run around it.';

/** How far each figure is from theory, beside the interval of the replications and what is allowed. */
export function theoryPicture({ rows, replications, confidence }: TheoryReport): Picture {
  const line = (name: string, stroke: number, of: (row: TheoryRow) => number): Line => ({
    name,
    stroke: { colour: COLOURS[stroke]!, dash: DASHES[stroke]!, width: 1.6 },
    points: rows.map((row, index) => [index + 1, 100 * of(row)]),
  });
  return {
    title: 'The simulator against theory',
    caption: `Each figure of each queue, in the order of the table: how far ${replications} replications are off theory on average, and half the width of their interval (${100 * confidence} % for all figures together). A figure holds if it is off by at most 2 %, and by no more than the interval.`,
    marks: [],
    xAxis: {
      values: rows.map((_, index) => index + 1),
      names: rows.map(
        ({ law, setting, figure, load, theory, simulated }) =>
          `${law}, ${setting}, load ${load}: ${figure}, ${figureText(simulated)} for ${figureText(theory)}`,
      ),
    },
    panels: [
      {
        title: 'Off by',
        xName: 'figure, by number',
        yName: '% of theory',
        lines: [
          line('off by', 0, ({ relativeError }) => Math.abs(relativeError)),
          line('interval, ±', 1, ({ halfWidth, theory }) => Math.abs(halfWidth / theory)),
          line('allowed', 2, () => 0.02),
        ],
      },
    ],
  };
}
