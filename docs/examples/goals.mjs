/**
 * What a campaign should come to, as a module for `xx fuzz --goals docs/examples/goals.mjs`: predicates on the state after
 * a step and on the step itself, each with a name. A campaign in which one was never met has not shown enough, and fails.
 */

/** @type {import('xx-spec').Goal[]} */
export const goals = [
  {
    name: 'three functions wait for one another on one machine',
    met: ({ machines }) =>
      machines.some(({ live }) => live.filter(({ phase }) => phase === 'blocked').length >= 3),
  },
  {
    name: 'one that is degraded is lost in a crash, and tried again',
    met: (_state, { stimulus, decisions }) =>
      stimulus.type === 'crash' &&
      decisions.some((decision) => decision.type === 'enqueue' && decision.degraded),
  },
  {
    name: 'one step kills two',
    met: (_state, { decisions }) => decisions.filter(({ type }) => type === 'kill').length >= 2,
  },
];
