import { clearTimeout, setTimeout } from 'node:timers';

/**
 * Waits for several results, and after a stop no longer than a moment: for those that are nearly there.
 *
 * @returns each in its place; undefined for what had not come by then.
 */
export async function untilStopped<Result>(
  coming: readonly Promise<Result>[],
  stopped: AbortSignal | undefined,
): Promise<(Result | undefined)[]> {
  const results: (Result | undefined)[] = coming.map(() => undefined);
  const all = Promise.all(
    coming.map(async (one, index) => {
      results[index] = await one;
    }),
  );
  // What is still under way when nobody waits any longer may fail unheard.
  all.catch(() => {});
  if (stopped === undefined) {
    await all;
    return results;
  }
  let timer: NodeJS.Timeout | undefined;
  const moment = new Promise<void>((resolve) => {
    const wait = (): void => {
      timer = setTimeout(resolve, MOMENT_MS);
    };
    if (stopped.aborted) wait();
    else stopped.addEventListener('abort', wait, { once: true });
  });
  try {
    await Promise.race([all, moment]);
  } finally {
    clearTimeout(timer);
  }
  return [...results];
}

/** Whoever has sent a signal waits no longer than two seconds for the end. */
const MOMENT_MS = 1500;
