import { defineConfig } from 'vitest/config';

/** Tests that start the whole program dozens of times, with pipes, devices and hostile names: `npm run test:system`. */
const SYSTEM = '**/*.system.test.ts';

export default defineConfig(({ mode }) => ({
  test: {
    include: [mode === 'system' ? SYSTEM : '**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', ...(mode === 'system' ? [] : [SYSTEM])],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Importing the libraries takes longer than most files' tests, and no test leaves anything behind in a module.
    isolate: false,
    // By itself vitest leaves one core idle, which is half of a machine of two.
    maxWorkers: '100%',
  },
}));
