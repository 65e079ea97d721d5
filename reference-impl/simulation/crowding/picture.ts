import { COLOURS, DASHES, type Dots, type Line, type Picture } from '../figures/picture.ts';
import type { SimulationRun } from '../simulate.ts';
import { clip } from '../text.ts';
import { type CrowdingReport, crowdingTitle } from './report.ts';

const CAPTION =
  'Slowdown is latency over run time, over all that were submitted. A mark at the right edge, or a line that ends, stands for never: so many were killed, throttled or unfinished.';

/** One workload: for the highest class and the lowest, where each scheduler stands. */
export function crowdingDots(report: CrowdingReport): Dots {
  const [{ runs }] = report.rows as [CrowdingReport['rows'][number]];
  return slowdownDots(crowdingTitle(report), runs, [runs[0]!.classes.length - 1, 0]);
}

/** For each of these classes, a panel with a row for each scheduler. */
export function slowdownDots(
  title: string,
  runs: readonly SimulationRun[],
  classes: readonly number[],
): Dots {
  const highest = runs[0]!.classes.length - 1;
  const which = (ofClass: number): string =>
    ofClass === highest ? 'Highest class' : ofClass === 0 ? 'Lowest class' : 'Class';
  return {
    title,
    caption: CAPTION,
    rows: runs.map(({ scheduler }) => scheduler),
    xName: 'slowdown, log scale',
    panels: classes.map((ofClass) => ({
      title: `${which(ofClass)}, ${clip(runs[0]!.classes[ofClass]!.name)}`,
      series: [
        { name: 'p50', symbol: 'circle', isFilled: true, values: valuesOf(runs, ofClass, 'p50') },
        { name: 'p99', symbol: 'diamond', isFilled: false, values: valuesOf(runs, ofClass, 'p99') },
      ],
    })),
  };
}

function valuesOf(runs: readonly SimulationRun[], ofClass: number, key: 'p50' | 'p99'): (number | null)[] {
  return runs.map(({ classes }) => classes[ofClass]!.slowdownOfAll[key]);
}

/** More lines than these cannot be told apart without colours. */
const MOST_LINES = 8;

/** Of many schedulers, XX and Hermod, and those that serve the highest class or the lowest best at some load. */
function drawnOf({ rows }: CrowdingReport): string[] {
  const names = rows[0]!.runs.map(({ scheduler }) => scheduler).toSorted();
  if (names.length <= MOST_LINES) return names;
  const best = rows.flatMap(({ runs }) =>
    [-1, 0].flatMap((ofClass) => {
      const p99 = (run: SimulationRun): number =>
        run.classes.at(ofClass)!.slowdownOfAll.p99 ?? Number.POSITIVE_INFINITY;
      const least = Math.min(...runs.map(p99));
      // Where several are as good, none of them stands out.
      const asGood = runs.filter((run) => p99(run) < 1.05 * least);
      return asGood.length === 1 ? [asGood[0]!.scheduler] : [];
    }),
  );
  const drawn = new Set([...['xx', 'hermod'].filter((name) => names.includes(name)), ...best]);
  return [...drawn].slice(0, MOST_LINES).toSorted();
}

/** A sweep: p99 of the highest class and of the lowest over the load, a line a scheduler. */
export function crowdingLines(report: CrowdingReport): Picture {
  const loads = report.rows.map(({ load }) => load!);
  const [{ runs }] = report.rows as [CrowdingReport['rows'][number]];
  const names = drawnOf(report);
  const left = runs.length - names.length;
  const highest = runs[0]!.classes.length - 1;
  const linesOf = (ofClass: number): Line[] =>
    names.map((name, index) => ({
      name,
      scheduler: name,
      stroke: {
        colour: COLOURS[index % COLOURS.length]!,
        dash: DASHES[index % DASHES.length]!,
        width: 1.6,
      },
      points: report.rows.map((row) => [
        row.load!,
        row.runs.find(({ scheduler }) => scheduler === name)!.classes[ofClass]!.slowdownOfAll.p99,
      ]),
    }));
  return {
    title: crowdingTitle(report),
    caption:
      left === 0
        ? CAPTION
        : `${CAPTION} Drawn are XX, Hermod, and those that alone serve the highest class or the lowest best at some load; the table has the other ${left} too.`,
    xAxis: loads.length > 1 ? { least: Math.min(...loads), most: Math.max(...loads) } : { values: loads },
    marks: [],
    panels: [highest, 0].map((ofClass) => ({
      title: `p99 of the ${ofClass === 0 ? 'lowest' : 'highest'} class`,
      xName: 'load, part of the capacity of the cores',
      yName: 'slowdown, log scale',
      isLog: true,
      lines: linesOf(ofClass),
    })),
  };
}
