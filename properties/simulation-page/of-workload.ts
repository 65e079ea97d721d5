import type { Scheduler } from '../../reference-impl/scheduler.ts';
import type { Dots } from '../../reference-impl/simulation/figures/picture.ts';
import {
  type SimulationInput,
  type SimulationRun,
  stretchedOf,
} from '../../reference-impl/simulation/simulate.ts';
import { stretchOf, worstArrivalOf } from '../../reference-impl/simulation/stretch.ts';
import { listed, seconds } from '../../reference-impl/simulation/text.ts';
import type { PageData } from '../replay/exports/html/data.ts';
import type { PeakLink } from './data.ts';
import { numberText } from './number-text.ts';
import type { Peaks } from './of-figure.ts';
import { inTurns, replayOf } from './replays.ts';

/** Of the worst wait this much is shown, from a little before who waited arrived. */
const BEFORE_MS = 500;
const AFTER_MS = 4000;
/** What has more steps is not played again for a page. */
const MOST_STEPS_AGAIN = 3_000_000;

/**
 * Of each panel of dots, the scheduler whose p99 is greatest, and the stretch around the worst wait in its run.
 *
 * @param classOf the class of each panel.
 * @param create makes the scheduler of a run anew.
 * @returns null when it is interrupted.
 */
export async function peaksOfDots(
  input: SimulationInput,
  runs: readonly SimulationRun[],
  dots: Dots,
  classOf: readonly number[],
  create: (name: string) => Scheduler,
  title: string,
  interrupted: () => boolean,
): Promise<Peaks | null> {
  const peaks: PeakLink[] = [];
  const replays: PageData[] = [];
  const tooLong = new Set<string>();
  for (const [panel, ofClass] of classOf.entries()) {
    const row = greatest(runs.map(({ classes }) => p99Of(classes[ofClass]!)));
    const run = runs[row];
    if (run === undefined || run.classes[ofClass]!.count === 0) continue;
    if (run.steps > MOST_STEPS_AGAIN) {
      tooLong.add(run.scheduler);
      continue;
    }
    const stretched = stretchedOf(input, () => create(run.scheduler));
    const untilMs = input.untilMs ?? run.endedAtMs;
    const worstMs = await inTurns(worstArrivalOf(stretched, ofClass, untilMs), interrupted);
    if (interrupted()) return null;
    if (worstMs === null) continue;
    const parts = stretchOf(stretched, Math.max(0, worstMs - BEFORE_MS), worstMs + AFTER_MS);
    const stretch = await inTurns(parts, interrupted);
    if (stretch === null) return null;
    replays.push(replayOf(stretch, { scheduler: create(run.scheduler) }, title));
    const y = run.classes[ofClass]!.slowdownOfAll.p99;
    const p99 = y === null ? 'never' : `${numberText(y)}×`;
    peaks.push({
      ...{ panel, x: row, y },
      words: `Greatest p99: ${dots.rows[row]}, ${p99}. Who fares worst there arrives at ${seconds(worstMs)}.`,
    });
  }
  return { peaks, replays, whyNoReplay: tooLong.size === 0 ? null : tooLongText([...tooLong]) };
}

function tooLongText(names: readonly string[]): string {
  return `The worst wait is in a run of more than ${MOST_STEPS_AGAIN.toLocaleString('en')} steps (${listed(names)}), which is too long to be played again for this page: nothing leads to a replay of it. A shorter workload has one.`;
}

function p99Of({ count, slowdownOfAll }: SimulationRun['classes'][number]): number {
  return count === 0 ? 0 : (slowdownOfAll.p99 ?? Number.POSITIVE_INFINITY);
}

function greatest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
