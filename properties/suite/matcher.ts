/** Declaration files keep this import: without it the module that is augmented below may be unknown. */
export type {} from 'vitest';

import type { Trace } from '../../model/configuration.ts';
import type { Violation } from '../../model/judge.ts';
import { CATALOGUE } from '../catalogue.ts';
import { acceptedByXX } from './judge.ts';
import { vitest } from './vitest.ts';

declare module 'vitest' {
  interface Assertion<T> {
    /**
     * The judge accepts a trace: an object with `config` and `steps`, or the text of a file of JSON lines. What is no
     * trace at all fails with or without `not`.
     */
    toBeAcceptedByXX(): Promise<T>;
  }
}

function refusalText({ rule, message }: Violation): string {
  const { sentence } = CATALOGUE.find(({ id }) => id === rule)!;
  return [
    `XX refuses this trace.`,
    '',
    `  ${rule}: ${sentence}`,
    '',
    `  ${message}`,
    '',
    `explain it: npx xx explain ${rule}`,
  ].join('\n');
}

vitest?.expect.extend({
  async toBeAcceptedByXX(received: Trace | string) {
    const violation = acceptedByXX(received);
    return {
      pass: violation === null,
      message: () =>
        violation === null ? 'XX accepts this trace, and was expected to refuse it' : refusalText(violation),
    };
  },
});
