import { percent, short } from '../../reference-impl/simulation/text.ts';
import type { ComparisonRecord, RunDigest } from './evidence.ts';

/**
 * What Hermod's authors report of it beside OpenWhisk's policies (Kaffes et al., SoCC 2022, abstract): up to 85 % lower
 * function slowdown, and 60 % higher throughput.
 */
const REPORTED = { lowerSlowdown: 0.85 };

/** How far the simulation agrees with what Hermod's authors report, in a sentence made of its figures. */
export function hermodBesideOpenWhisk({ rows }: ComparisonRecord): string {
  const steady = rows.filter(({ load, runs }) => load !== null && runs.every(isServed));
  const gains = steady.map(({ load, runs }) => {
    const [hermod, openwhisk] = ['hermod', 'openwhisk'].map((name) => meanSlowdown(runs, name));
    return { load: load!, hermod: hermod!, openwhisk: openwhisk!, lower: 1 - hermod! / openwhisk! };
  });
  const best = gains.reduce((one, other) => (other.lower > one.lower ? other : one));
  const agrees = best.lower >= REPORTED.lowerSlowdown - 0.1;
  return [
    `Hermod's authors report up to ${percent(REPORTED.lowerSlowdown)} lower slowdown than OpenWhisk's policies (SoCC 2022).`,
    `Here the mean slowdown of all functions is at most ${percent(best.lower)} lower, at load ${best.load} (${short(best.hermod)}× and ${short(best.openwhisk)}×)${agrees ? ', which agrees' : ': the run times here are less skewed than those of their trace, and a warm start costs nothing, so less is lost behind a long function'}.`,
    'The 60 % higher throughput that they report cannot show here: arrivals are an open loop, and all that arrives below the capacity of the cores is served.',
  ].join(' ');
}

/** Whether a scheduler of the two has served all of them: only then do means compare. */
function isServed({ scheduler, classes }: RunDigest): boolean {
  return !['hermod', 'openwhisk'].includes(scheduler) || classes.every(({ unfinished }) => unfinished === 0);
}

function meanSlowdown(runs: readonly RunDigest[], scheduler: string): number {
  const { classes } = runs.find((run) => run.scheduler === scheduler)!;
  const count = classes.reduce((sum, ofClass) => sum + ofClass.count, 0);
  return classes.reduce((sum, ofClass) => sum + ofClass.count * ofClass.slowdownMean!, 0) / count;
}
