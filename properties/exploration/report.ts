import { counted } from '../../model/counted.ts';
import { printable } from '../../model/printable.ts';
import { CATALOGUE } from '../catalogue.ts';
import { colour } from '../colour.ts';
import { notTriedText } from '../parts.ts';
import { SEEDS_TRIED } from '../records/from-exploration.ts';
import { shellPath } from '../shell.ts';
import { commandLines, wrapped } from '../text.ts';
import type { Kept } from './keep.ts';
import type { SecondPaths } from './process-expander.ts';
import type { Reached } from './reach.ts';
import { labelOf } from './state-label.ts';
import type { CheckSummary } from './summary.ts';
import type { ExplorationViolation } from './violations.ts';

/** What an exploration says to people. */
/** @param flags what names the scheduler on the command line. */
export function explorationText(summary: CheckSummary, flags = `--scheduler ${summary.subject}`): string {
  const { subject, states, steps, depth, seconds, statesPerSecond, coverage, violations } = summary;
  const lines = [
    ...wrapped(
      `${number(states)} states at depth ${depth}, ${number(steps)} steps judged in ${seconds.toFixed(1)} s (${number(statesPerSecond)} states/s)`,
    ),
    ...wrapped(
      `transitions covered: ${coverage.transitions.covered} of ${coverage.transitions.total}; rules put to the test: ${coverage.rules.met} of ${coverage.rules.total}`,
    ),
  ];
  if (summary.standFor !== undefined) lines.push(...wrapped(standForText(states, summary.standFor)));
  if (summary.liveness !== null) lines.push(...wrapped(livenessText(summary.liveness)));
  if (summary.overtaking !== null) lines.push(...wrapped(overtakingText(summary.overtaking)));
  for (const violation of violations) lines.push('', ...violationText(violation, subject, flags));
  if (summary.secondPaths !== null) lines.push(...wrapped(secondPathsText(summary.secondPaths)));
  const notTried = notTriedText(summary.instance.without ?? []);
  if (notTried !== null) lines.push(...wrapped(notTried));
  lines.push(...leftOutLines(summary));
  if (summary.reached !== undefined) lines.push('', ...reachedLines(summary.reached, summary, flags));
  // Where what was asked for was found, the exploration ended there.
  if (summary.reached?.length == null) lines.push('', ...conclusion(summary));
  return lines.join('\n');
}

function reachedLines(
  { query, state, canonical, length, file, trace, unwritten }: Reached,
  { complete, subject }: CheckSummary,
  flags: string,
): string[] {
  if (state === null) {
    const where = complete ? 'no state' : 'none of the states that were explored';
    return wrapped(`Not reached: ${where} is as asked: ${printable(query)}`).map(colour.yellow);
  }
  return [
    ...wrapped(`Reached in ${counted(length!, 'step')}, and in no fewer: ${printable(query)}`).map(
      colour.green,
    ),
    '',
    ...labelOf(canonical!).map((line) => `  ${line}`),
    '',
    ...(unwritten === undefined
      ? [
          `  written to  ${printable(file!)}`,
          ...commandLines(
            '  replay with ',
            `npx xx replay ${shellPath(file!)}${subject === 'model' ? '' : ` ${flags}`}`,
          ),
          ...commandLines('  judge it    ', `npx xx judge ${shellPath(trace!)}`),
        ]
      : wrapped(`  not written: ${printable(unwritten)}`)),
  ];
}

/** @param path what kind of path leads there. */
export function violationText(
  { rule, length, message, file, trace, seed, unwritten }: ExplorationViolation,
  subject: string,
  flags: string,
  path = 'the shortest path there',
): string[] {
  const sentence = CATALOGUE.find(({ id }) => id === rule)?.sentence;
  return [
    colour.red(`${rule} is violated; ${path} has ${counted(length, 'step')}`),
    '',
    ...(sentence === undefined ? [] : [...wrapped(`  ${sentence}`), '']),
    ...wrapped(`  ${message}`),
    '',
    ...(unwritten === undefined
      ? whereKept({ file, trace, seed }, subject, flags)
      : wrapped(`  not written: ${printable(unwritten)}`)),
    ...commandLines('  explain it  ', `npx xx explain ${rule}`),
  ];
}

function whereKept({ file, trace, seed }: Kept, subject: string, flags: string): string[] {
  return [
    `  written to  ${printable(file)}`,
    ...(seed === null
      ? notReplayable(subject)
      : commandLines('  replay with ', `npx xx replay ${shellPath(file)} ${flags}`)),
    ...commandLines('  judge it    ', `npx xx judge ${shellPath(trace)}`),
  ];
}

/** Why there is a scenario in place of a record. */
function notReplayable(subject: string): string[] {
  if (subject === 'model') return [];
  const why = `Played again from the start, ${subject} does not fail in this way with any seed from 0 to ${SEEDS_TRIED - 1}: it may take other samples than it did in the exploration, or decide by something that is not part of a state, such as what it remembers or when an invocation was placed. The trace shows what it did; the file is the scenario alone.`;
  return wrapped(`  ${why}`);
}

/** What is not told apart of a process, and what speaks for or against there being anything. */
function secondPathsText({ reached, compared, differing, first }: SecondPaths): string {
  const all = 'a state is what the model knows of it: what differs only inside the process is not told apart';
  if (differing > 0) {
    return `${all}, and there is something: ${differing} of ${compared} states answer otherwise when they are reached by a second path; ${first}`;
  }
  return compared === 0
    ? all
    : `${all}; ${compared} of the ${number(reached)} states that a second path leads to were compared, and answer the same`;
}

function livenessText({ deadEnds, cycles, fairCycles }: NonNullable<CheckSummary['liveness']>): string {
  return deadEnds === 0 && fairCycles === 0
    ? `every invocation ends: no dead end, ${cycles === 0 ? 'no cycle' : `${cycles} cycles, none of them fair`}`
    : `dead ends: ${deadEnds}; fair cycles: ${fairCycles}`;
}

function standForText(states: number, standFor: number): string {
  return `by symmetry these ${number(states)} states stand for ${number(standFor)}, all that differ from them in who is called what`;
}

function overtakingText({ most, latestMs, beyondBound }: NonNullable<CheckSummary['overtaking']>): string {
  if (beyondBound > 0) return `placements beyond the bound of starvation: ${number(beyondBound)}`;
  return most === 0
    ? 'no waiting invocation is overtaken by one that arrived later'
    : `a waiting invocation is overtaken at most ${times(most)}, by ones that arrived up to ${latestMs} ms later, as the bound allows`;
}

/** What was not explored, and what was not shown. */
function leftOutLines({ leftOut, properties, violations }: CheckSummary): string[] {
  const { impossible, outside } = leftOut;
  const lines: string[] = [];
  if (impossible > 0)
    lines.push(...wrapped(`not followed: ${number(impossible)} steps with a decision that is not possible`));
  if (outside > 0) {
    lines.push(
      ...wrapped(
        `not followed: ${number(outside)} steps that leave a stimulus unanswered, or an entry with figures beyond the instance`,
      ),
    );
  }
  const unmet = properties
    .filter(({ verdict, met }) => verdict === 'not shown' && met === 0)
    .map(({ id }) => id);
  if (unmet.length > 0 && violations.length === 0) {
    lines.push(...wrapped(`not shown, because never put to the test: ${unmet.join(', ')}`));
  }
  return lines;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

/** Of more properties only the number is said. */
const FEW_NAMED = 4;

function conclusion(summary: CheckSummary): string[] {
  const { subject, complete, endedAt, lacksMemory, violations, properties } = summary;
  if (violations.length > 0) {
    const ids = new Set(violations.flatMap(({ rule, falls }) => [rule, ...falls]));
    return wrapped(`Violated: ${[...ids].join(', ')}.`).map(colour.red);
  }
  if (endedAt !== null) {
    return wrapped(
      `Nothing found so far, and not everything was explored: the exploration ended beyond ${number(endedAt)} states; a smaller instance has fewer, --max-states allows more, and xx fuzz has no such bound.`,
    )
      .map(colour.yellow)
      .concat(keptLines(summary));
  }
  if (lacksMemory !== null) {
    const { needed, free } = lacksMemory;
    return wrapped(
      `Nothing found so far, and not everything was explored: the exploration ended before memory runs out. To go on it may need ${gigabytes(needed)} more at once, and ${gigabytes(free)} are free; a smaller instance has fewer states, and xx fuzz needs no memory for them.`,
    )
      .map(colour.yellow)
      .concat(keptLines(summary));
  }
  if (!complete) {
    return wrapped('Nothing found so far, and not everything was explored.')
      .map(colour.yellow)
      .concat(keptLines(summary));
  }
  const shown = properties.filter(({ verdict }) => verdict === 'holds');
  if (shown.length === 0) {
    return wrapped(
      'Explored completely, but nothing was shown: no property that was asked was put to the test.',
    ).map(colour.yellow);
  }
  const where = subject === 'model' ? ', whatever the rules permit' : ` of ${subject}`;
  const what =
    shown.length > FEW_NAMED
      ? `each of the ${shown.length} properties that were put to the test holds`
      : `${shown.map(({ id }) => id).join(', ')} ${shown.length === 1 ? 'holds' : 'hold'}`;
  return wrapped(`Explored completely: ${what} in every state${where}.`).map(colour.green);
}

/** How an exploration that was ended early goes on. */
function keptLines({ kept, keptNot }: CheckSummary): string[] {
  if (keptNot !== undefined)
    return ['', ...wrapped(`  what was explored is not kept: ${printable(keptNot)}`)];
  if (kept === null) return [];
  return ['', ...commandLines('  go on with    ', `npx xx check --resume ${shellPath(kept)}`)];
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
