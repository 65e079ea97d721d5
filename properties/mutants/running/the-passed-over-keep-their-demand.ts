import { mutantOf } from '../parts/mutant.ts';
import { willRunBy } from '../parts/will-run.ts';

export const mutant = mutantOf({
  name: 'the-passed-over-keep-their-demand',
  sentence: 'An invocation that is passed over keeps the RAM that it would need, and not just what it has.',
  rule: 'run-the-highest',
  fault: () => ({
    policies: {
      willRun: willRunBy({ holds: ({ demand }, { usableRam }) => (demand <= usableRam ? demand : 0) }),
    },
  }),
});
