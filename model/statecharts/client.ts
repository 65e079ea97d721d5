import { chartSetup, goOptional } from './chart.ts';
import { GUARD_NAMES } from './guards.ts';

/** Whoever waits for an invocation: the client of a root, or the caller of a callee. */
export const clientChart = chartSetup(GUARD_NAMES).createMachine({
  id: 'client',
  description: 'Whoever waits for an invocation: the client of a root, or the caller of a callee.',
  initial: 'waits',
  states: {
    waits: {
      description: 'Somebody waits for the invocation to end.',
      on: {
        timeout: goOptional('timeouts', 'gone', 'possible', 'The client of a root gives up.'),
      },
    },
    gone: {
      description: 'Nobody waits for the invocation any more. A callee is so once it is an orphan.',
      on: {
        cancel: goOptional('timeouts', 'settled', 'always', 'The scheduler ends the invocation.'),
      },
    },
    settled: { type: 'final', description: 'The invocation has been cancelled.' },
  },
});
