import type { Command } from 'commander';
import { BrokenScheduler } from '../../reference-impl/broken-scheduler.ts';
import { breathe } from '../breathe.ts';
import { candidateOf, contestantOf } from '../contestants/contestants.ts';
import { partIds } from '../parts.ts';
import { propertyIds } from '../property-ids.ts';
import { exportsAny, FORMATS, refuseExports } from '../replay/exports/exports.ts';
import { filesToReplay } from '../replay/load.ts';
import { refuseRange } from '../replay/range.ts';
import {
  addCandidateOptions,
  type Desk,
  interruptible,
  jsonOption,
  propertyOption,
  wholeNumber,
  withoutOption,
} from './command.ts';
import { refuseInOutput } from './page-option.ts';
import { type Options, Replays } from './replaying.ts';

const HELP = `
Without --scheduler or --exec, a counterexample is played by the scheduler that
it was found in, the scenario of a finding on the text (docs/findings.md, known
by its name) by who shows it, and any other by the reference. A trace is not
played: its own decisions are judged.

Exit codes: 1 when every counterexample still fails in the same way, or a
scenario or trace is refused; 4 when a counterexample no longer fails; otherwise
2 when a file was set aside, since it could not be played; 3 when the scheduler
crashed, hung or broke the protocol; 0 when scenarios and traces are accepted.
No file is skipped silently.`;

export function declareReplay(program: Command, desk: Desk): void {
  const command = program
    .command('replay')
    .argument('<file...>', 'counterexamples, scenarios, traces, or directories of them');
  addCandidateOptions(command, { isDefault: false })
    .addOption(propertyOption())
    .addOption(withoutOption())
    .option('--from <n>', 'the first step to show, counted from 1', wholeNumber(1))
    .option('--to <n>', 'the last step to show', wholeNumber(1))
    .option('--all', 'show every step of a long replay, and write files of any size')
    .option('--html <file>', 'write a web page to step through (one file only)')
    .option('--perfetto <file>', 'write a trace for ui.perfetto.dev (one file only)')
    .option('--itf <file>', 'write the states for viewers of TLA+ and Quint traces (one file only)')
    .option('--mermaid <file>', 'write a sequence diagram for Markdown (one file only)')
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (files, options) => desk.exit(await run(files, options, desk)));
}

async function run(paths: string[], options: Options, desk: Desk): Promise<number> {
  const properties = propertyIds(options.property);
  const without = partIds(options.without ?? []);
  refuseUnknown(options);
  refuseRange(options);
  if (exportsAny(options)) {
    if (options.json) for (const format of FORMATS) refuseInOutput(`--${format}`, options[format]);
    refuseExports(
      options,
      [...filesToReplay(paths)].map((named) => (typeof named === 'string' ? named : named.file)),
    );
  }
  const [first, second] = filesToReplay(paths);
  const isAlone = first !== undefined && second === undefined;
  const replays = new Replays(options, { properties, without }, desk, isAlone);
  const broken = await interruptible(async (interrupted, stopped) => {
    try {
      // One after the other, and none is kept: there may be any number.
      for (const named of filesToReplay(paths)) {
        if (interrupted()) replays.notReplayed++;
        else await replays.take(named, stopped);
        await breathe();
      }
      return null;
    } catch (error) {
      if (error instanceof BrokenScheduler) return error;
      throw error;
    } finally {
      replays.close();
    }
  });
  return replays.conclude(paths, broken);
}

/** @throws InputError when there is no scheduler of the name that was asked for, before any file is read. */
function refuseUnknown({ scheduler, exec }: Options): void {
  if (scheduler !== undefined && exec === undefined) contestantOf(candidateOf({ scheduler })).close();
}
