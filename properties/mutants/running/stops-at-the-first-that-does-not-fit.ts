import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'stops-at-the-first-that-does-not-fit',
  sentence: 'Nothing runs beside one of higher rank that does not fit: no backfilling.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ stopsThere: true }) } }),
});
