import { type Command, Option } from 'commander';
import type { PartId } from '../../model/alphabet.ts';
import { ownMemory, sharedMemory } from '../../model/explore/blocks.ts';
import { ExplorationError, wordsOfProblem } from '../../model/explore/exploration-error.ts';
import { readAnswer } from '../../model/format/answer.ts';
import { readHello } from '../../model/format/hello.ts';
import { InputError } from '../../model/input-error.ts';
import { withImplied } from '../../model/parts.ts';
import { printable, printableJson } from '../../model/printable.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import { ExecScheduler } from '../../reference-impl/exec/exec-scheduler.ts';
import { LacksParts } from '../../reference-impl/exec/lacks-parts.ts';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import { flagOf } from '../../reference-impl/text.ts';
import { candidateOf, flagsOf } from '../contestants/contestants.ts';
import { type CheckOptions, type CheckSummary, check } from '../exploration/check.ts';
import { BYTES_LEFT_FREE, freeBytes } from '../exploration/memory.ts';
import { explorationText } from '../exploration/report.ts';
import { readSaved } from '../exploration/saved.ts';
import { GUIDES, type Guide, walkCheck } from '../exploration/walk.ts';
import { walkText } from '../exploration/walk-report.ts';
import { keepBroken } from '../fuzz/keeping.ts';
import { partIds } from '../parts.ts';
import { propertyIds } from '../property-ids.ts';
import { availableWorkers } from '../workers.ts';
import { afterVerdict } from './after-verdict.ts';
import { declareInstance, type InstanceOptions, instanceOf } from './check-instance.ts';
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

export function declareCheck(program: Command, desk: Desk): void {
  const command = program.command('check');
  addCandidateOptions(command).addOption(
    new Option('--model', 'explore the model by itself: every decision that the rules permit').conflicts([
      'scheduler',
      'exec',
    ]),
  );
  declareInstance(command);
  command
    .option('--max-states <n>', 'end after so many states (default: as many as memory holds)', wholeNumber(1))
    .option('--symmetry', 'states that differ only in who is called what count as one')
    .option('--workers <n>', 'threads (default: one per core)', wholeNumber(1))
    .addOption(propertyOption())
    .addOption(withoutOption())
    .option('--out <dir>', 'where counterexamples are written', 'counterexamples/found')
    .option(
      '--graph <file>',
      'write all states and edges, a line each; as a picture for Graphviz if it ends in .dot',
    )
    .option(
      '--reach <query>',
      "look for a state, such as 'invocation 2 is swapped and blocked', or as a module says; write the shortest way to it (docs/exploration.md)",
    )
    .option('--walk <n>', 'where exploring is too much: walk through so many states', wholeNumber(1))
    .addOption(
      new Option('--guide <how>', 'how walks choose: what was met least, or anything')
        .choices(GUIDES)
        .default('coverage'),
    )
    .option('--seed <n>', 'of the walks', wholeNumber(0), 1)
    .option('--resume <file>', 'go on with an exploration that was ended early, from the file that it left')
    .addOption(htmlOption('what was found first'))
    .addOption(jsonOption())
    .action(async (options, itself: Command) => {
      const isGiven = (name: string): boolean => itself.getOptionValueSource(name) === 'cli';
      if (options.resume !== undefined) refuseBesideResume(itself, isGiven);
      desk.exit(await run({ ...options, isGiven }, desk));
    });
}

type Options = InstanceOptions &
  CandidateFlags & {
    property: string[];
    model?: boolean;
    workers?: number;
    maxStates?: number;
    without?: string[];
    /** Whether an option was given. */
    isGiven: (name: string) => boolean;
    out: string;
    json?: boolean;
    html?: string;
    graph?: string;
    reach?: string;
    resume?: string;
    symmetry?: boolean;
    walk?: number;
    guide: Guide;
    seed: number;
  };

async function run(options: Options, desk: Desk): Promise<number> {
  const without = partIds(options.without ?? []);
  refuseWithoutWalk(options);
  if (options.walk !== undefined) return walked({ ...options, walk: options.walk }, without, desk);
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
  } catch (error) {
    if (error instanceof BrokenScheduler && !(error instanceof StoppedWaiting))
      await tellBroken(error, options, desk);
    throw error;
  } finally {
    process.close();
  }
}

/** What may stand beside `--resume`: the file says what is explored. */
const BESIDE_RESUME = ['resume', 'workers', 'maxStates', 'out', 'graph', 'html', 'json'];

/** @throws InputError when an option says what is explored. */
function refuseBesideResume(command: Command, isGiven: (name: string) => boolean): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (!isGiven(name) || BESIDE_RESUME.includes(name)) continue;
    throw new InputError(
      `--resume: the file says what is explored, so ${option.long} means nothing; leave it out`,
    );
  }
}

/** What is explored: as an earlier exploration was, or as options say. */
function askedFor(
  options: Options,
  without: readonly PartId[],
): Pick<CheckOptions, 'instance' | 'scheduler' | 'properties' | 'symmetry' | 'reach' | 'resume'> {
  const { resume, workers = availableWorkers(), scheduler, model, exec, property, reach, symmetry } = options;
  if (resume !== undefined) {
    const saved = readSaved(resume, workers > 1 ? sharedMemory : ownMemory, freeBytes() - BYTES_LEFT_FREE);
    return { ...saved.subject, resume: saved };
  }
  return {
    instance: instanceOf(options, without, options.isGiven),
    scheduler: model ? null : (exec ?? scheduler),
    properties: propertyIds(property),
    ...(reach === undefined ? {} : { reach }),
    ...(symmetry === undefined ? {} : { symmetry }),
  };
}

/** Options that mean nothing where walks see but a part, and those that mean nothing without them. */
const NOT_BESIDE_WALK = ['exec', 'graph', 'reach', 'maxStates', 'resume', 'workers'] as const;
const OF_WALKS = ['guide', 'seed'] as const;

/** @throws InputError when options make no sense together. */
function refuseWithoutWalk({ walk, isGiven }: Options): void {
  for (const name of walk === undefined ? OF_WALKS : NOT_BESIDE_WALK) {
    if (!isGiven(name)) continue;
    throw new InputError(
      walk === undefined
        ? `${flagOf(name)}: means nothing without --walk; add --walk 100000, or leave it out`
        : `${flagOf(name)}: means nothing beside --walk; leave out one of the two`,
    );
  }
}

async function walked(
  options: Options & { walk: number },
  without: readonly PartId[],
  { out, err }: Desk,
): Promise<number> {
  const { walk, guide, seed, json, html } = options;
  refusePage(html);
  if (json) refuseInOutput('--html', html);
  const asked = askedFor(options, without);
  const line = progressLine(err);
  let stopped = false;
  const summary = await interruptible((interrupted) =>
    walkCheck(
      { ...asked, walk, guide, seed, out: options.out },
      {
        nowMs,
        interrupted: () => {
          stopped = interrupted();
          return stopped;
        },
        onProgress: (progress) => line.show(`${progress.walked} of ${walk} states, ${progress.states} seen`),
      },
    ).catch((error: unknown) => {
      throw inOptions(error);
    }),
  );
  line.clear();
  out.write(`${json ? printableJson(summary) : walkText(summary)}\n`);
  const [first] = summary.violations;
  if (first?.unwritten !== undefined) err.write(`xx: ${first.unwritten}\n`);
  const code = first !== undefined ? EXIT.violation : stopped ? interruptedCode() : EXIT.accepted;
  if (first?.unwritten !== undefined) return code;
  return afterVerdict(code, { err }, () =>
    writePageOfFinding(html, first?.file, { scheduler: asked.scheduler ?? 'xx' }, [...asked.properties], {
      err,
    }),
  );
}

/** Keeps what a process was asked until it broke: a shortest way there, as explorations are. */
async function tellBroken(error: BrokenScheduler, { out, exec, json }: Options, desk: Desk): Promise<void> {
  await keepBroken(out, error, null);
  if (!json) return;
  const { message, scenario, file } = error;
  const step = scenario?.stimuli.length ?? null;
  desk.out.write(`${printableJson({ subject: exec, verdict: 'broken', message, step, file })}\n`);
}

async function explored(
  options: Options,
  without: readonly PartId[],
  process: NonNullable<CheckOptions['process']> | null,
  { out, err }: Desk,
): Promise<number> {
  const { workers = availableWorkers(), out: directory, json, maxStates, html, graph } = options;
  refusePage(html);
  if (json) refuseInOutput('--html', html);
  refuseInOutput('--graph', graph);
  const asked = askedFor(options, without);
  const line = progressLine(err);
  const summary = await interruptible((interrupted) =>
    check(
      {
        ...asked,
        ...(process === null ? {} : { process }),
        workers,
        ...(maxStates === undefined ? {} : { maxStates }),
        ...(graph === undefined ? {} : { graph }),
        out: directory,
      },
      {
        nowMs,
        interrupted,
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
  const [first] = summary.violations;
  const all = [...summary.violations, summary.reached, summary].map((written) => written?.unwritten);
  const unwritten = all.filter((reason) => reason !== undefined);
  for (const reason of unwritten) err.write(`xx: ${reason}\n`);
  const verdict = exitCode(summary, !summary.complete && stopSign().signal !== 0);
  const code = unwritten.length > 0 && verdict === EXIT.accepted ? EXIT.badInput : verdict;
  if (first?.unwritten !== undefined) return code;
  const player = process === null ? { scheduler: asked.scheduler ?? 'xx' } : process.candidate;
  return afterVerdict(code, { err }, () =>
    writePageOfFinding(html, first?.file, player, [...asked.properties], { err }),
  );
}

/** An exploration that was asked for some properties and has put none of them to the test has shown nothing. */
function exitCode({ violations, properties, leftOut, reached }: CheckSummary, stopped: boolean): number {
  if (violations.length > 0) return EXIT.violation;
  if (stopped) return interruptedCode();
  // A state that was asked for was found, and what lies beyond it was not looked at; or it was not.
  if (reached !== undefined) return reached.state === null ? EXIT.violation : EXIT.accepted;
  const shown = properties.some(({ verdict }) => verdict === 'holds');
  return shown && leftOut.outside === 0 ? EXIT.accepted : EXIT.violation;
}

/** What cannot be explored, said in options where the model speaks of fields. */
function inOptions(error: unknown): unknown {
  if (!(error instanceof ExplorationError)) return error;
  return new InputError(wordsOfProblem(error.problem, { nameOf: flagOf, elsewhere: 'try xx fuzz' }));
}
