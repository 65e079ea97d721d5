import { colour } from '../colour.ts';
import { wrapped } from '../text.ts';
import { violationText } from './report.ts';
import type { Known, WalkSummary } from './walk.ts';

/** What walks say to people. */
export function walkText(summary: WalkSummary): string {
  const { subject, walks, walked, states, steps, shapes, seconds, coverage, violations, seed } = summary;
  const lines = [
    ...wrapped(
      `${number(walks)} walks through ${number(walked)} states from seed ${seed}: ${number(steps)} steps judged, which lead to ${number(states)} different states of ${number(shapes)} shapes, in ${seconds.toFixed(1)} s`,
    ),
    ...wrapped(
      `transitions covered: ${coverage.transitions.covered} of ${coverage.transitions.total}; rules put to the test: ${coverage.rules.met} of ${coverage.rules.total}`,
    ),
  ];
  if (summary.known !== null) lines.push(...wrapped(knownText(summary.known)));
  for (const violation of violations) {
    lines.push('', ...violationText(violation, subject, `--scheduler ${subject}`, 'a path there'));
  }
  lines.push('');
  if (violations.length > 0) {
    const ids = new Set(violations.flatMap(({ rule, falls }) => [rule, ...falls]));
    lines.push(...wrapped(`Violated: ${[...ids].join(', ')}.`).map(colour.red));
  } else {
    const early = summary.endedEarly ? ', ended early' : '';
    lines.push(
      ...wrapped(`Nothing found${early}. Walks are no proof: not everything was explored.`).map(
        colour.yellow,
      ),
    );
  }
  return lines.join('\n');
}

function knownText({ depth, states, seen, byDepth }: Known): string {
  const whole = byDepth.findIndex((level) => level.seen < level.states);
  const all = whole < 0 ? depth : whole;
  return `of the ${number(states)} states that are at most ${depth} levels deep, all known from an exploration, the walks saw ${percent(seen, states)}; all of those up to level ${all}`;
}

function percent(part: number, whole: number): string {
  // Not all is never said to be all.
  return `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
