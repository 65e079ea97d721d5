import { parentPort, workerData } from 'node:worker_threads';
import { shareChildren } from '../../reference-impl/exec/children.ts';
import { shareStopSign } from '../../reference-impl/io/stop-sign.ts';
import type { ThreadedCommand } from './in-thread.ts';
import { main } from './main.ts';

/** A command in a thread of its own: it may wait for somebody's process as long as it likes. */
const { argv, children, stop, terminals } = workerData as ThreadedCommand;
shareChildren(children);
shareStopSign(stop);
const { stdout, stderr } = process;
for (const [stream, columns] of [
  [stdout, terminals.out],
  [stderr, terminals.err],
] as const) {
  if (columns !== null) Object.assign(stream, { isTTY: true, columns });
}
const code = await main(argv, { out: stdout, err: stderr });
parentPort!.postMessage(code);
// Standard input may still be open, and would be waited for.
for (const stream of [stdout, stderr]) await new Promise<unknown>((resolve) => stream.write('', resolve));
process.exit();
