import { inflatedText } from '../run/page-data.ts';
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
  const script = inflatedText(globalThis.xxWorkers![name]!);
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
