import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Importing the libraries takes longer than most files' tests, and no test leaves anything behind in a module.
    isolate: false,
    // By itself vitest leaves one core idle, which is half of a machine of two.
    maxWorkers: '100%',
  },
});
