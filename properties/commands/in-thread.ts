import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { childrenOfThisProcess } from '../../reference-impl/exec/children.ts';
import { drained } from '../../reference-impl/io/output.ts';
import { builtFile } from '../../reference-impl/io/package-root.ts';
import { listenForSignals } from '../../reference-impl/io/signals.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';

/** What the thread of a command is given. */
export interface ThreadedCommand {
  readonly argv: readonly string[];
  readonly children: SharedArrayBuffer;
  readonly stop: SharedArrayBuffer;
  /** How wide the terminals are that it writes to; null where there is none. */
  readonly terminals: { readonly out: number | null; readonly err: number | null };
}

/**
 * Whether a command works in a way in which no signal is heard: it waits for somebody's process, or plays a scenario to its
 * end.
 */
export function isDeaf(argv: readonly string[]): boolean {
  return argv[0] === 'replay' || argv.some((word) => word === '--exec' || word.startsWith('--exec='));
}

/**
 * Runs a command line in a thread of its own, so that this one hears signals whatever somebody's process does.
 *
 * @returns its exit code.
 */
export async function mainInThread(
  argv: readonly string[],
  { out, err }: { out: NodeJS.WriteStream; err: NodeJS.WriteStream },
): Promise<number> {
  const sign = stopSign();
  const deaf = listenForSignals(sign);
  const command: ThreadedCommand = {
    argv,
    children: childrenOfThisProcess().buffer,
    stop: sign.buffer,
    terminals: { out: widthOf(out), err: widthOf(err) },
  };
  const worker = new Worker(builtFile('properties/commands/thread.js'), {
    workerData: command,
    stdin: true,
    stdout: true,
    stderr: true,
  });
  if (argv.includes('-')) process.stdin.pipe(worker.stdin!);
  else worker.stdin!.end();
  let code: number | undefined;
  worker.on('message', (said: number) => {
    code = said;
  });
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
  try {
    await Promise.all([ended, forward(worker.stdout, out), forward(worker.stderr, err)]);
  } finally {
    deaf();
    if (argv.includes('-')) process.stdin.destroy();
  }
  if (code === undefined) throw new Error('the thread of the command ended without an exit code');
  return code;
}

function widthOf({ isTTY, columns }: NodeJS.WriteStream): number | null {
  return isTTY ? columns : null;
}

/** Passes on what the thread says, and no faster than it is read; also when whoever reads has left. */
async function forward(from: Readable, to: NodeJS.WriteStream): Promise<void> {
  for await (const chunk of from) if (!to.write(chunk)) await drained(to);
}
