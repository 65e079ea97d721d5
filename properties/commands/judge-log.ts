import { type Command, Option } from 'commander';
import { InputError } from '../../model/input-error.ts';
import { LogJudge, type LogViolation, MOST_CANDIDATES } from '../../model/partial/log-judge.ts';
import { createLogReader } from '../../model/partial/reader.ts';
import { printableJson } from '../../model/printable.ts';
import { LogVerdict } from '../logs/log-verdict.ts';
import { leavingOut, partIds } from '../parts.ts';
import { type Desk, EXIT, interruptedCode, wholeNumber } from './command.ts';
import { eachItem, type Lines } from './each-item.ts';

/** `xx judge` of a log that is not whole: docs/logs.md. */

/** What its options say. */
export interface LogFlags {
  readonly json?: boolean;
  readonly property: readonly string[];
  readonly html?: string;
  readonly without?: readonly string[];
  readonly unobserved: readonly string[];
  /** {@link MOST_CANDIDATES} unless given. */
  readonly candidates?: number;
}

function unobservedOption(): Option {
  return new Option(
    '--unobserved <list>',
    'what the log does not record, beside what its header says: pages,bills,… (docs/logs.md)',
  )
    .argParser((text: string) => text.split(',').map((word) => word.trim()))
    .default([], 'what the header says');
}

function candidatesOption(): Option {
  return new Option(
    '--candidates <n>',
    `how many states that fit such a log are carried (default: ${MOST_CANDIDATES})`,
  ).argParser(wholeNumber(1));
}

/** The options of a log that is not whole. */
export function addLogOptions(command: Command): Command {
  return command.addOption(unobservedOption()).addOption(candidatesOption());
}

/** Whether a header says that something is left out. What is no header does not. */
export function saysWhatIsLeftOut(header: string): boolean {
  if (!header.includes('"unobserved"')) return false;
  try {
    return 'unobserved' in JSON.parse(header);
  } catch {
    return false;
  }
}

/** The first line of a file, and all of its lines, read once. */
export interface Peeked {
  /** Empty where there is none, or it cannot be read: whoever reads on is told why. */
  readonly first: string;
  readonly lines: AsyncIterable<string>;
}

export async function peek(lines: AsyncIterable<string>): Promise<Peeked> {
  const reading = lines[Symbol.asyncIterator]();
  let begun: Promise<IteratorResult<string>> | null = reading.next();
  const first = await begun.then(
    ({ value }) => value ?? '',
    () => '',
  );
  const rest: AsyncIterator<string> = {
    next() {
      const next = begun ?? reading.next();
      begun = null;
      return next;
    },
    return: async () => (await reading.return?.()) ?? { done: true, value: undefined },
  };
  return { first, lines: { [Symbol.asyncIterator]: () => rest } };
}

/** Judges a log that is not whole. @returns the exit code. */
export async function judgeLog(
  file: string,
  reading: { lines: Lines; stopped: AbortSignal },
  { json, property, html, without = [], unobserved, candidates = MOST_CANDIDATES }: LogFlags,
  { out }: Desk,
): Promise<number> {
  for (const [option, isGiven] of [
    ['--property', property.length > 0],
    ['--html', html !== undefined],
  ] as const) {
    if (isGiven) throw new InputError(`${option}: not of a log that is not whole; leave it out`);
  }
  const leftOut = partIds(without);
  const reader = createLogReader(unobserved);
  let judge: LogJudge | undefined;
  let violation: LogViolation | null = null;
  const isWhole = await eachItem(
    file,
    reader,
    {
      begin(config) {
        judge = new LogJudge(leavingOut(config, leftOut), reader.unobserved!, candidates);
      },
      take(step) {
        violation = judge!.step(step);
        return violation === null ? undefined : 'stop';
      },
    },
    reading,
  );
  if (judge === undefined) {
    out.write(`${json ? printableJson(NOTHING_JUDGED) : 'interrupted: nothing was judged'}\n`);
    return interruptedCode();
  }
  const verdict = new LogVerdict(judge, reader.unobserved!, violation, !isWhole);
  out.write(`${json ? printableJson(verdict.json) : verdict.lines}\n`);
  if (violation !== null) return EXIT.violation;
  return isWhole ? EXIT.accepted : interruptedCode();
}

/** What is said where a signal came before the header was read. */
export const NOTHING_JUDGED = { verdict: 'interrupted', steps: 0, violation: null };
