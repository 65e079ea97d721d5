import { afterAll, beforeAll, expect, test } from 'vitest';
import { QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { createExpander } from '../exploration/expanders.ts';
import { Agreement } from './agreement.ts';
import { XX } from './encoding/rules.ts';
import { lookEverywhere } from './everywhere.ts';
import { LEMMAS } from './lemmas/index.ts';
import { failureText, prove, questionsOf } from './prove.ts';
import type { Solver } from './solvers/solver.ts';
import { z3InWasm } from './solvers/z3-in-wasm.ts';
import { WEAKENINGS } from './weakened/index.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await z3InWasm();
});
afterAll(() => solver.close());

test.each(LEMMAS.map((lemma) => [lemma.id, lemma] as const))(
  '%s is proved, and broken by every rule that is weakened for it',
  async (_, lemma) => {
    const failures = await prove(solver, questionsOf([lemma], WEAKENINGS));
    expect(failures.map((failure) => failureText(failure, 'dist/proofs'))).toEqual([]);
  },
  300_000,
);

test.each([
  ['the quoted instance', QUOTED_INSTANCE, 'xx', 3764],
  ['the model by itself', QUOTED_INSTANCE, null, 6840],
  ['three classes', { ...QUOTED_INSTANCE, prices: [1, 2, 4] }, 'xx', 11_505],
  ['two cores', { ...QUOTED_INSTANCE, machines: 1, kMachines: 1, cores: 2, ram: 4, swap: 3 }, 'xx', 3701],
  [
    'paging that takes time',
    {
      ...{ ...QUOTED_INSTANCE, machines: 1, kMachines: 1, swap: 3, maxAge: 0 },
      ...{ paging: { chunk: 2, reserve: 1 }, antagonists: [0, 1] },
    },
    'xx',
    8470,
  ],
  ['four invocations', { ...QUOTED_INSTANCE, invocations: 4, machines: 1, kMachines: 1 }, null, 27_448],
] as const)(
  'the rules as terms say what the model says in every state: %s',
  async (_, instance, scheduler, expected) => {
    const agreement = new Agreement(XX);
    const expander = createExpander({ instance, scheduler, properties: [] });
    const { states } = await lookEverywhere(instance, expander, (state) => agreement.disagreement(state));
    expect(states).toBe(expected);
  },
  600_000,
);
