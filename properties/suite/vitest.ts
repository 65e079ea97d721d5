import type * as Vitest from 'vitest';

/** The test library, which is optional: null where it is not installed. */
export const vitest: typeof Vitest | null = await import('vitest').catch((error: unknown) => {
  if (isMissing(error)) return null;
  throw error;
});

function isMissing(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' && message.includes("'vitest'");
}
