import { defineConfig } from 'vitest/config';

/** Tests that `npm test` leaves out, since it must not take long, by the mode that runs them. */
const MODES: Readonly<Record<string, string>> = {
  /** Start the whole program dozens of times, with pipes, devices and hostile names: `npm run test:system`. */
  system: '**/*.system.test.ts',
  /** Open pages in a real browser: `npm run test:browser`. */
  browser: '**/*.browser.test.ts',
  /** Play long lives, large campaigns, or type-check a copy of the project: `npm run test:long`. */
  long: '**/*.long.test.ts',
};

export default defineConfig(({ mode }) => ({
  test: {
    include: [MODES[mode] ?? '**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', ...(mode in MODES ? [] : Object.values(MODES))],
    // The same text is expected of a terminal, a pipe and CI.
    env: { NO_COLOR: '1' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Importing the libraries takes longer than most files' tests, and no test leaves anything behind in a module.
    isolate: false,
    // By itself vitest leaves one core idle, which is half of a machine of two.
    maxWorkers: '100%',
  },
}));
