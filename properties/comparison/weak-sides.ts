import { listed, short } from '../../reference-impl/simulation/text.ts';
import type { ComparisonRecord, RunDigest } from './evidence.ts';

/** What the comparison says against XX and for it, in sentences made of its figures. */
export function weakSides(records: readonly ComparisonRecord[]): string[] {
  const of = (id: string): ComparisonRecord => records.find((record) => record.id === id)!;
  const [burst] = of('burst').rows;
  return [
    `In the burst, p99 of the highest class is ${times(highest(burst!.runs, 'xx'))} with XX; ${rankText(burst!.runs, highest)}.`,
    `The price is paid by the lowest class: its p99 in the burst is ${times(lowest(burst!.runs, 'xx'))}; ${rankText(burst!.runs, lowest)}.`,
    ...of('load').rows.flatMap(({ load, runs }) =>
      load === null || load < 3
        ? []
        : [
            `At load ${load}, p99 of the highest class is ${times(highest(runs, 'xx'))} with XX; ${rankText(runs, highest)}.`,
          ],
    ),
    turnsText(of('turns').rows[0]!.runs),
    ...['azure-2019', 'azure-2021'].map((id) => {
      const { runs } = of(id).rows[0]!;
      return `On the trace ${id}, p99 of the highest class is ${times(highest(runs, 'xx'))} with XX and ${times(highest(runs, 'hermod'))} with Hermod; ${rankText(runs, highest)}.`;
    }),
  ];
}

function turnsText(runs: readonly RunDigest[]): string {
  const told = ['xx', 'xx-no-aging', 'xx-machine-only'].map(
    (name) => `${times(highest(runs, name))} with ${name}`,
  );
  return `Where turns take 100 ms, at load 3, p99 of the highest class is ${listed(told)}: aging costs the highest class what it gives the others.`;
}

type Figure = (runs: readonly RunDigest[], scheduler: string) => number | null;

const highest: Figure = (runs, scheduler) => classOf(runs, scheduler, -1).slowdownP99;
const lowest: Figure = (runs, scheduler) => classOf(runs, scheduler, 0).slowdownP99;

function classOf(runs: readonly RunDigest[], scheduler: string, index: number) {
  return runs.find((run) => run.scheduler === scheduler)!.classes.at(index)!;
}

/** Who needs half of what XX needs, or less: with one seed and a few hundred functions, less would be chance. */
function rankText(runs: readonly RunDigest[], figure: Figure): string {
  const xx = figure(runs, 'xx') ?? Number.POSITIVE_INFINITY;
  const better = runs
    .filter(({ scheduler }) => scheduler !== 'xx')
    .map(({ scheduler }) => ({ scheduler, value: figure(runs, scheduler) ?? Number.POSITIVE_INFINITY }))
    .filter(({ value }) => value <= 0.5 * xx)
    .toSorted((one, other) => one.value - other.value);
  if (better.length === 0) return `none of the other ${runs.length - 1} needs half of that or less`;
  const told = better.slice(0, MOST_TOLD).map(({ scheduler, value }) => `${scheduler} (${times(value)})`);
  const more = better.length - told.length;
  const text = more > 0 ? `${told.join(', ')} and ${more} more` : listed(told);
  return `${better.length} of the other ${runs.length - 1} ${better.length === 1 ? 'needs' : 'need'} half of that or less: ${text}`;
}

const MOST_TOLD = 3;

export function times(value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'never' : `${short(value)}×`;
}
