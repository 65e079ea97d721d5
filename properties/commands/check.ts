import { type Command, Option } from 'commander';
import type { PartId } from '../../model/alphabet.ts';
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
import { candidateOf, flagsOf } from '../contestants/contestants.ts';
import { type CheckOptions, check } from '../exploration/check.ts';
import { explorationText } from '../exploration/report.ts';
import type { CheckSummary } from '../exploration/summary.ts';
import { GUIDES } from '../exploration/walk.ts';
import { keepBroken } from '../fuzz/keeping.ts';
import { partIds } from '../parts.ts';
import { availableWorkers } from '../workers.ts';
import { afterVerdict } from './after-verdict.ts';
import { askedFor, inOptions, type Options, refuseBesideResume, refuseWithoutWalk } from './check-asked.ts';
import { declareInstance } from './check-instance.ts';
import { walked } from './check-walk.ts';
import {
  addCandidateOptions,
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
