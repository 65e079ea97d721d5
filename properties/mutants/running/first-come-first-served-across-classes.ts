import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'first-come-first-served-across-classes',
  sentence: 'The invocation that arrived first runs first, whatever its class.',
  rule: 'run-the-highest',
  fault: () => ({ policies: { willRun: willRunBy({ order: (a, b) => a.ticket - b.ticket }) } }),
});
