import pc from 'picocolors';
import type { CheckSummary } from './check.ts';

/** What an exploration says to people. */
export function explorationText(summary: CheckSummary): string {
  const { states, steps, depth, seconds, statesPerSecond, coverage, violations } = summary;
  const lines = [
    `${number(states)} states at depth ${depth}, ${number(steps)} steps judged in ${seconds.toFixed(1)} s (${number(statesPerSecond)} states/s)`,
    `transitions covered: ${coverage.transitions.covered} of ${coverage.transitions.total}; rules put to the test: ${coverage.rules.met} of ${coverage.rules.total}`,
  ];
  if (summary.liveness !== null) lines.push(livenessText(summary.liveness));
  if (summary.overtaking !== null) lines.push(overtakingText(summary.overtaking));
  for (const { rule, length, message, file } of violations) {
    lines.push(
      '',
      pc.red(`${rule} is violated, at the shortest after ${length} steps`),
      `  ${message}`,
      `  written to  ${file}`,
      `  and as the trace that failed: xx judge ${file.replace('.scenario.', '.trace.')}`,
    );
  }
  lines.push('', conclusion(summary));
  return lines.join('\n');
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

function conclusion({ subject, complete, violations }: CheckSummary): string {
  if (violations.length > 0) return pc.red(`Violated: ${violations.map(({ rule }) => rule).join(', ')}.`);
  if (!complete) return pc.yellow('Ended early: nothing found so far, and not everything explored.');
  return pc.green(
    subject === 'model'
      ? 'Explored to the end: whatever the rules permit, every obligation and headline claim holds.'
      : `Explored to the end: ${subject} meets every obligation and headline claim in every state.`,
  );
}

function number(value: number): string {
  return value.toLocaleString('en');
}
