#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { InputError } from './model/input-error.ts';
import { declareCheck } from './properties/commands/check.ts';
import { type Desk, EXIT } from './properties/commands/command.ts';
import { declareExplain } from './properties/commands/explain.ts';
import { declareFuzz } from './properties/commands/fuzz.ts';
import { declareJudge, declareRun } from './properties/commands/judge-and-run.ts';
import { declareReplay } from './properties/commands/replay.ts';
import { declareSimulate } from './properties/commands/simulate.ts';
import { tuneEngine } from './properties/exploration/engine.ts';
import { BrokenScheduler } from './reference-impl/broken-scheduler.ts';
import type { Streams } from './reference-impl/io/output.ts';

/** Runs the command line. @returns its exit code. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let code = EXIT.accepted;
  const desk: Desk = {
    ...streams,
    exit(chosen) {
      code = chosen;
    },
  };
  try {
    await declare(desk).parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return explainFailure(error, streams);
  }
}

function declare(desk: Desk): Command {
  const program = new Command('xx')
    .description('The executable specification of XX, a serverless scheduler by price classes.')
    // So that `xx fuzz merge --out DIR` is the option of `merge`, and not of `fuzz`.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => desk.out.write(text),
      writeErr: (text) => desk.err.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'xx: ').replace(/\n\(/, ' (')),
    })
    .showSuggestionAfterError();
  declareFuzz(program, desk);
  declareCheck(program, desk);
  declareRun(program, desk);
  declareJudge(program, desk);
  declareReplay(program, desk);
  declareSimulate(program, desk);
  declareExplain(program, desk);
  return program;
}

function explainFailure(error: unknown, { err }: Streams): number {
  // Commander has already written its own line; help is not a failure if it was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.accepted : EXIT.badInput;
  if (error instanceof InputError || error instanceof BrokenScheduler) {
    err.write(`xx: ${error.message}\n`);
    return error instanceof InputError ? EXIT.badInput : EXIT.brokenScheduler;
  }
  err.write(`xx: a bug in xx-spec itself: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.fault;
}

/** Whether this module is the program that was started, and not imported by a test. */
function isStarted(): boolean {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url);
}

if (isStarted()) {
  // The reader may stop early (`xx run … | head`): that is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.accepted);
    process.stderr.write(`xx: standard output: cannot be written (${error.code})\n`);
    process.exit(EXIT.badInput);
  });
  const argv = process.argv.slice(2);
  if (argv[0] === 'check') tuneEngine();
  process.exitCode = await main(argv, { out: process.stdout, err: process.stderr });
}
