import pc from 'picocolors';
import { CATALOGUE } from '../catalogue.ts';
import { SEEDS_TRIED } from '../records/from-exploration.ts';
import { commandLines, wrapped } from '../text.ts';
import type { CheckSummary, ExplorationViolation } from './check.ts';

/** What an exploration says to people. */
export function explorationText(summary: CheckSummary): string {
  const { subject, states, steps, depth, seconds, statesPerSecond, coverage, violations } = summary;
  const lines = [
    ...wrapped(
      `${number(states)} states at depth ${depth}, ${number(steps)} steps judged in ${seconds.toFixed(1)} s (${number(statesPerSecond)} states/s)`,
    ),
    ...wrapped(
      `transitions covered: ${coverage.transitions.covered} of ${coverage.transitions.total}; rules put to the test: ${coverage.rules.met} of ${coverage.rules.total}`,
    ),
  ];
  if (summary.liveness !== null) lines.push(...wrapped(livenessText(summary.liveness)));
  if (summary.overtaking !== null) lines.push(...wrapped(overtakingText(summary.overtaking)));
  for (const violation of violations) lines.push('', ...violationText(violation, subject));
  lines.push('', ...conclusion(summary));
  return lines.join('\n');
}

function violationText(
  { rule, length, message, file, trace, seed }: ExplorationViolation,
  subject: string,
): string[] {
  const sentence = CATALOGUE.find(({ id }) => id === rule)?.sentence;
  return [
    pc.red(`${rule} is violated, at the shortest after ${length} steps`),
    '',
    ...(sentence === undefined ? [] : [...wrapped(`  ${sentence}`), '']),
    ...wrapped(`  ${message}`),
    '',
    `  written to  ${file}`,
    ...(seed === null
      ? notReplayable(subject)
      : commandLines('  replay with ', `npx xx replay ${file} --scheduler ${subject}`)),
    ...commandLines('  judge it    ', `npx xx judge ${trace}`),
    ...commandLines('  explain it  ', `npx xx explain ${rule}`),
  ];
}

/** Why there is a scenario in place of a record. */
function notReplayable(subject: string): string[] {
  if (subject === 'model') return [];
  const why = `Played again from the start, ${subject} does not fail by this with any seed from 0 to ${SEEDS_TRIED - 1}: it may take other samples than it did in the exploration, or decide by what no state of an exploration holds, such as what it remembers or when somebody was placed. The trace shows what it did; the file is the scenario alone.`;
  return wrapped(`  ${why}`);
}

function livenessText({ deadEnds, cycles, fairCycles }: NonNullable<CheckSummary['liveness']>): string {
  return deadEnds === 0 && fairCycles === 0
    ? `every invocation ends: no dead end, ${cycles === 0 ? 'no cycle' : `${cycles} cycles, none of them fair`}`
    : `dead ends: ${deadEnds}; fair cycles: ${fairCycles}`;
}

function overtakingText({ most, latestMs, beyondBound }: NonNullable<CheckSummary['overtaking']>): string {
  if (beyondBound > 0) return `placements beyond the bound of starvation: ${number(beyondBound)}`;
  return most === 0
    ? 'nobody who waits is overtaken by one that arrived later'
    : `whoever waits is overtaken at most ${times(most)}, by who arrived up to ${latestMs} ms later, as the bound allows`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function conclusion({ subject, complete, violations }: CheckSummary): string[] {
  if (violations.length > 0) {
    return wrapped(`Violated: ${violations.map(({ rule }) => rule).join(', ')}.`).map(pc.red);
  }
  if (!complete)
    return wrapped('Ended early: nothing found so far, and not everything explored.').map(pc.yellow);
  return wrapped(
    subject === 'model'
      ? 'Explored to the end: whatever the rules permit, every obligation and headline claim holds.'
      : `Explored to the end: ${subject} meets every obligation and headline claim in every state.`,
  ).map(pc.green);
}

function number(value: number): string {
  return value.toLocaleString('en');
}
