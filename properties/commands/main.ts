import { Command, CommanderError } from 'commander';
import { InputError } from '../../model/input-error.ts';
import { BrokenScheduler, StoppedWaiting } from '../../reference-impl/broken-scheduler.ts';
import type { Streams } from '../../reference-impl/io/output.ts';
import { VERSION } from '../records/origin.ts';
import { type Desk, EXIT, interruptedCode } from './command.ts';
import { addExamples } from './examples.ts';
import { declareCommands } from './listed.ts';

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
    await (await declare(argv, desk)).parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return explainFailure(error, streams);
  }
}

async function declare(argv: readonly string[], desk: Desk): Promise<Command> {
  const program = new Command('xx')
    .description('The executable specification of XX, a serverless scheduler with price classes.')
    .version(VERSION)
    // So that `xx fuzz merge --out DIR` is the option of `merge`, and not of `fuzz`.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => desk.out.write(text),
      writeErr: (text) => desk.err.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'xx: ').replace(/\n\(/, ' (')),
    })
    .showSuggestionAfterError();
  await declareCommands(program, argv, desk);
  addExamples(program);
  return program;
}

function explainFailure(error: unknown, { err }: Streams): number {
  // Commander has already written its own line; help is not a failure if it was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.accepted : EXIT.badInput;
  if (error instanceof StoppedWaiting) return interruptedCode();
  if (error instanceof InputError || error instanceof BrokenScheduler) {
    err.write(`xx: ${error.message}\n`);
    return error instanceof InputError ? EXIT.badInput : EXIT.brokenScheduler;
  }
  err.write(`xx: a bug in xx-spec itself: ${error instanceof Error ? error.stack : String(error)}\n`);
  return EXIT.fault;
}
