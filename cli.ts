#!/usr/bin/env node
import { EXIT, interruptedCode } from './properties/commands/command.ts';
import { isDeaf, mainInThread } from './properties/commands/in-thread.ts';
import { main } from './properties/commands/main.ts';
import { tuneEngine } from './properties/exploration/engine.ts';
import { whyNotWritten } from './reference-impl/io/file-error.ts';
import { isOfReader, watchStream } from './reference-impl/io/output.ts';
import { leave } from './reference-impl/io/signals.ts';
import { stopSign } from './reference-impl/io/stop-sign.ts';

/**
 * The program. It runs whenever this module is loaded, under whatever name or link it was started. A test whether it is
 * the main module would be wrong some day, and then nothing would happen, with exit code 0.
 */
const { stdout, stderr } = process;
const out = watchStream(stdout);
const err = watchStream(stderr);
const argv = process.argv.slice(2);
if (argv[0] === 'check') tuneEngine();
const streams = { out: stdout, err: stderr };
let code = isDeaf(argv) ? await mainInThread(argv, streams) : await main(argv, streams);
const failure = await out.failure();
// A reader may stop early (`xx run … | head`): the verdict stays what it is. Any other loss is an error.
if (failure !== null && !isOfReader(failure)) {
  stderr.write(`xx: standard output: ${whyNotWritten(failure)}\n`);
  if (code === EXIT.accepted) code = EXIT.badInput;
}
await err.failure();
// The reader had its time after a signal, and did not take what was said.
if (code === EXIT.accepted && stopSign().signal !== 0 && stdout.writableLength > 0) code = interruptedCode();
process.exitCode = code;
// Somebody may still wait for what nobody writes, as for the writer of a pipe.
if (stopSign().signal !== 0) leave(code);
