import { inflateSync } from 'fflate';
import { fromBase64 } from '../run/players.ts';
import { scriptBeside } from './beside.ts';

declare global {
  /** Scripts of workers by their names, deflated, in base 64, as the build has packed them. */
  var xxWorkers: Record<string, string> | undefined;
}

/**
 * Starts a worker. A page from disk may not start one from a file, so its script is brought along as a text and started
 * from a blob.
 *
 * @param name of the worker, which lies in `NAME.worker.js` beside the script of the page.
 * @throws Error when it could not be loaded.
 */
export async function startWorker(name: string): Promise<Worker> {
  if (globalThis.xxWorkers?.[name] === undefined) await scriptBeside(`${name}.worker.js`);
  const script = inflateSync(fromBase64(globalThis.xxWorkers![name]!)) as Uint8Array<ArrayBuffer>;
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
