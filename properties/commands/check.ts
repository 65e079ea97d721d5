import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PartId } from '../../model/alphabet.ts';
import { ExplorationError, wordsOfProblem } from '../../model/explore/exploration-error.ts';
import type { BoundedInstance } from '../../model/explore/instance.ts';
import { QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { readAnswer } from '../../model/format/answer.ts';
import { readHello } from '../../model/format/hello.ts';
import { InputError } from '../../model/input-error.ts';
import { withImplied } from '../../model/parts.ts';
import { printable, printableJson } from '../../model/printable.ts';
import { ExecScheduler } from '../../reference-impl/exec/exec-scheduler.ts';
import { LacksParts } from '../../reference-impl/exec/lacks-parts.ts';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { flagOf } from '../../reference-impl/text.ts';
import { candidateOf, flagsOf } from '../contestants/contestants.ts';
import { type CheckOptions, type CheckSummary, check } from '../exploration/check.ts';
import { explorationText } from '../exploration/report.ts';
import { partIds } from '../parts.ts';
import { propertyIds } from '../property-ids.ts';
import { availableWorkers } from '../workers.ts';
import { afterVerdict } from './after-verdict.ts';
import {
  addCandidateOptions,
  type CandidateFlags,
  type Desk,
  EXIT,
  interruptedCode,
  interruptible,
  jsonOption,
  propertyOption,
  wholeNumber,
  withoutOption,
} from './command.ts';
import { htmlOption, refuseInOutput, refusePage, writePageOfFinding } from './page-option.ts';

/** The numbers of an instance, each with its least value and what it means. */
const NUMBERS = {
  invocations: [1, 'invocations in all'],
  machines: [1, 'machines'],
  cores: [1, 'cores of each machine'],
  ram: [1, 'RAM of each machine, MB'],
  swap: [0, 'swap of each machine, MB'],
  maxDemand: [1, 'growth stops at this many MB'],
  maxAge: [0, 'time stops when a queued invocation is this old, ms'],
  enter: [0, 'MB available at which a machine joins an idle list'],
  leave: [0, 'MB available below which it leaves'],
  memoryDrift: [1, 'MB by which an entry may not be off'],
  functionsDrift: [1, 'functions by which an entry may not be off'],
  initialMemory: [1, 'MB of an invocation when it is placed'],
  shards: [1, 'shards'],
} as const satisfies Partial<Record<keyof BoundedInstance, readonly [number, string]>>;

export function declareCheck(program: Command, desk: Desk): void {
  const command = program
    .command('check')
    .description('Explores a bounded instance exhaustively and judges every state.');
  addCandidateOptions(command).addOption(
    new Option('--model', 'explore the model by itself: every decision that the rules permit').conflicts([
      'scheduler',
      'exec',
    ]),
  );
  for (const [name, [least, help]] of Object.entries(NUMBERS)) {
    const value = QUOTED_INSTANCE[name as keyof typeof NUMBERS];
    command.option(`${flagOf(name)} <n>`, help, wholeNumber(least), value);
  }
  command
    .option('--k-machines <n>', 'machines that a shard polls (default: all)', wholeNumber(1))
    .option('--k-shards <n>', 'idle lists that a dispatcher polls (default: all)', wholeNumber(1))
    .option('--prices <list>', 'prices of the classes, cheapest first', prices, QUOTED_INSTANCE.prices)
    .option('--no-calls', 'no function calls another')
    .option('--shrink', 'functions shrink, too, by 1 MB a step')
    .option(
      '--antagonist <list>',
      'RAM that an antagonist takes of a machine, MB: each of these at any time',
      amounts,
    )
    .option('--chunk <n>', 'paging takes time: the most that a transfer moves, MB', wholeNumber(1))
    .option(
      '--reserve <n>',
      'swap that is kept free for exchanges where paging takes time, MB (default: 1)',
      wholeNumber(1),
    )
    .option(
      '--max-states <n>',
      'end after so many states, which are kept in memory (default: as many as 1 GB holds)',
      wholeNumber(1),
    )
    .option('--workers <n>', 'threads (default: one per core)', wholeNumber(1))
    .addOption(propertyOption())
    .addOption(withoutOption())
    .option('--out <dir>', 'where counterexamples are written', 'counterexamples/found')
    .addOption(htmlOption('what was found first'))
    .addOption(jsonOption())
    .action(async (options, itself: Command) => {
      const isNamed = itself.getOptionValueSource('swap') === 'cli';
      desk.exit(await run({ ...options, swapIsNamed: isNamed }, desk));
    });
}

type Options = Omit<BoundedInstance, 'kMachines' | 'kShards' | 'without' | 'antagonists' | 'paging'> &
  CandidateFlags & {
    kMachines?: number;
    kShards?: number;
    property: string[];
    model?: boolean;
    workers?: number;
    maxStates?: number;
    without?: string[];
    antagonist?: number[];
    chunk?: number;
    reserve?: number;
    /** Whether --swap was given. */
    swapIsNamed: boolean;
    out: string;
    json?: boolean;
    html?: string;
  };

async function run(options: Options, desk: Desk): Promise<number> {
  const without = partIds(options.without ?? []);
  if (options.exec === undefined) return explored(options, without, null, desk);
  if ((options.workers ?? 1) > 1) {
    throw new InputError('--workers: one process is explored by one thread; leave it out');
  }
  const candidate = candidateOf(options);
  const process = new ExecScheduler(candidate.exec!, readAnswer, readHello);
  const played = { replayed: process, candidate };
  try {
    return await explored(options, without, played, desk).catch((error: unknown) => {
      if (!(error instanceof LacksParts)) throw error;
      desk.err.write(`xx: ${printable(options.exec!)} is without ${error.parts.join(', ')}\n`);
      return explored(options, withImplied([...without, ...error.parts]), played, desk);
    });
  } finally {
    process.close();
  }
}

async function explored(
  options: Options,
  without: readonly PartId[],
  process: NonNullable<CheckOptions['process']> | null,
  { out, err }: Desk,
): Promise<number> {
  const {
    scheduler,
    model,
    workers = availableWorkers(),
    out: directory,
    json,
    property,
    maxStates,
    html,
    without: _,
    antagonist,
    chunk,
    reserve = 1,
    swapIsNamed,
    exec,
    execTimeout: _answer,
    execStartTimeout: _start,
    ...sizes
  } = options;
  refusePage(html);
  if (json) refuseInOutput('--html', html);
  if (without.includes('swap') && swapIsNamed && sizes.swap > 0) {
    throw new InputError(
      `--swap: expected 0, since --without leaves out swap, got ${sizes.swap}; leave out one of the two`,
    );
  }
  if (chunk === undefined && options.reserve !== undefined) {
    throw new InputError(
      '--reserve: there is one only where paging takes time; add --chunk, or leave it out',
    );
  }
  if (chunk !== undefined && without.includes('paging')) {
    throw new InputError('--chunk: --without leaves out paging; leave out one of the two');
  }
  const instance: BoundedInstance = {
    ...sizes,
    ...(without.length === 0 ? {} : { without }),
    swap: without.includes('swap') ? 0 : sizes.swap,
    ...(antagonist === undefined ? {} : { antagonists: antagonist }),
    ...(chunk === undefined ? {} : { paging: { chunk, reserve } }),
    calls: sizes.calls && !without.includes('calls'),
    kMachines: sizes.kMachines ?? sizes.machines,
    kShards: sizes.kShards ?? sizes.shards,
  };
  const line = progressLine(err);
  let stopped = false;
  const summary = await interruptible((interrupted) =>
    check(
      {
        instance,
        scheduler: model ? null : (exec ?? scheduler),
        ...(process === null ? {} : { process }),
        properties: propertyIds(property),
        workers,
        ...(maxStates === undefined ? {} : { maxStates }),
        out: directory,
      },
      {
        nowMs,
        interrupted: () => {
          stopped = interrupted();
          return stopped;
        },
        onProgress: ({ states, frontier, depth, elapsedMs }) =>
          line.show(
            `${states} states, frontier ${frontier}, depth ${depth}, ${Math.round((states / elapsedMs) * 1000)} states/s`,
          ),
      },
    ).catch((error: unknown) => {
      throw inOptions(error);
    }),
  );
  line.clear();
  out.write(
    `${json ? printableJson(summary) : explorationText(summary, process === null ? undefined : flagsOf(process.candidate))}\n`,
  );
  for (const { unwritten } of summary.violations)
    if (unwritten !== undefined) err.write(`xx: ${unwritten}\n`);
  const [first] = summary.violations;
  if (first?.unwritten !== undefined) return exitCode(summary, stopped);
  const player = process === null ? { scheduler: model ? 'xx' : scheduler } : process.candidate;
  return afterVerdict(exitCode(summary, stopped), { err }, () =>
    writePageOfFinding(html, first?.file, player, propertyIds(property), { err }),
  );
}

/** An exploration that was asked for some properties and has put none of them to the test has shown nothing. */
function exitCode({ violations, properties, leftOut }: CheckSummary, stopped: boolean): number {
  if (violations.length > 0) return EXIT.violation;
  if (stopped) return interruptedCode();
  const shown = properties.some(({ verdict }) => verdict === 'holds');
  return shown && leftOut.outside === 0 ? EXIT.accepted : EXIT.violation;
}

function prices(text: string): number[] {
  const numbers = /^\d+(,\d+)*$/.test(text) ? text.split(',').map(Number) : [];
  if (numbers.length > 0 && numbers.every((price) => Number.isSafeInteger(price))) return numbers;
  throw new InvalidArgumentError(
    `Expected whole numbers up to ${Number.MAX_SAFE_INTEGER} with commas between them, such as 1,4.`,
  );
}

function amounts(text: string): number[] {
  const numbers = /^\d+(,\d+)*$/.test(text) ? text.split(',').map(Number) : [];
  const areDistinct = new Set(numbers).size === numbers.length;
  if (numbers.length > 0 && areDistinct && numbers.every(Number.isSafeInteger)) return numbers;
  throw new InvalidArgumentError(
    'Expected different whole numbers of MB with commas between them, such as 0,1.',
  );
}

/** What cannot be explored, said in options where the model speaks of fields. */
function inOptions(error: unknown): unknown {
  if (!(error instanceof ExplorationError)) return error;
  return new InputError(wordsOfProblem(error.problem, { nameOf: flagOf, elsewhere: 'try xx fuzz' }));
}
