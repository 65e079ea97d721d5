import { describe, expect, test } from 'vitest';
import type { CanonicalState } from '../../../model/explore/canonical.ts';
import { readQuery } from './query.ts';

const STATE: CanonicalState = {
  invocations: [
    {
      phase: 'running',
      class: 1,
      machine: 0,
      demand: 2,
      resident: 2,
      caller: null,
      degraded: false,
      attempt: 2,
    },
    {
      phase: 'blocked',
      class: 0,
      machine: 1,
      demand: 3,
      resident: 1,
      caller: null,
      degraded: true,
      attempt: 1,
    },
    { phase: 'queued', class: 1, shard: 1, age: 2, caller: 1, degraded: true, attempt: 1 },
    { phase: 'killed' },
  ],
  machines: [
    { status: 'draining', order: [0], entry: null, antagonist: 1 },
    { status: 'up', order: [1], entry: { shard: 0, available: 3, functions: 1 }, antagonist: 0 },
    { status: 'absent' },
  ],
  queues: [
    [[], []],
    [[], [2]],
  ],
  account: { elapsed: 3, spent: 5 },
  faults: { crashes: 1, drains: 1, joins: 0, restarts: 0 },
};

function holds(query: string): boolean {
  return readQuery(query, { invocation: 4, machine: 3 })(STATE);
}

describe('a query', () => {
  test.each([
    'invocation 0 is running',
    'invocation 1 is swapped and blocked',
    'invocation 1 is blocked and on machine 1 and waits for invocation 2',
    'invocation 2 is queued and at shard 1',
    'invocation 2 is called and degraded and has age >= 2',
    'invocation 0 has demand 2 and attempt 2 and class > 0',
    'invocation 1 has swapped 2 and resident 1',
    'invocation 0 is resident and not swapped',
    'any invocation is killed',
    'every invocation is live or ended',
    'no invocation is throttled',
    'not invocation 3 is running',
    'invocation 0 is queued or running and live',
    'invocation 3 is running or machine 1 is up and listed',
    '(invocation 3 is running or invocation 0 is running) and machine 0 is draining',
    'machine 0 has antagonist 1 and is not listed and has running 1',
    'machine 1 has available 3 and functions = 1 and demand 3 and resident < 3',
    'machine 2 is absent and empty',
    'any machine is up and not any machine is down',
    'cluster has spent 5',
    'cluster has crashes 1 and queued 1 and elapsed != 2',
    'CLUSTER is not idle',
  ])('holds: %s', (query) => {
    expect(holds(query)).toBe(true);
    expect(holds(`not (${query})`)).toBe(false);
  });

  test.each([
    'invocation 0 is running and blocked',
    'any invocation is killed and live',
    'every invocation is live',
    'invocation 2 has demand <= 9',
    'invocation 3 has class 0',
    'no machine is listed',
    'invocation 0 is running and machine 1 is draining',
    'invocation 0 is killed or running and machine 1 is down',
    'machine 1 is paging',
  ])('does not hold: %s', (query) => {
    expect(holds(query)).toBe(false);
  });

  test.each([
    ['', 'expected whom it is about (invocation, machine, any, every, no, cluster), got the end'],
    ['invocatoin 1 is live', 'got "invocatoin" (did you mean invocation?)'],
    ['invocation is live', 'expected the number of the invocation after "invocation", got "is"'],
    ['invocation 1 is swaped', 'after "invocation 1 is", got "swaped" (did you mean swapped?)'],
    ['machine 1 is blocked', 'expected a word (up, draining, down, absent,'],
    ['invocation 4 is live', 'there is no invocation 4 in this instance, which has 4, from 0 to 3'],
    ['invocation 1 is on machine 3', 'there is no machine 3 in this instance, which has 3, from 0 to 2'],
    [
      'invocation 1 has demand >',
      'expected a number, to compare demand with after "invocation 1 has demand >"',
    ],
    ['invocation 1 is live live', 'expected and, or, or the end after "invocation 1 is live", got "live"'],
    ['(invocation 1 is live', 'expected a closing parenthesis'],
    ['invocation 1 is live and', 'expected'],
    ['invocation 1 waits for 2', 'expected for invocation and its number'],
    ['invocation 1 is %', 'got "%"'],
  ])('that is not understood is refused, saying where and what may stand there: %s', (query, message) => {
    expect(() => holds(query)).toThrow(message);
    expect(() => holds(query)).toThrow(/^--reach: [^\n]+$/);
  });
});
