import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type BoundedInstance, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { createExpander } from '../exploration/expanders.ts';
import { readPlayable } from '../replay/load.ts';
import { Agreement } from './agreement.ts';
import { XX } from './encoding/rules.ts';
import { lookAlong, lookEverywhere } from './everywhere.ts';
import { exampleFile } from './record.ts';
import { WEAKENINGS } from './weakened/index.ts';

const SMALL = { ...QUOTED_INSTANCE, invocations: 2, machines: 1, kMachines: 1 };

const IN_TIME: BoundedInstance = {
  ...{ ...SMALL, ram: 2, swap: 2, maxDemand: 2, maxAge: 0 },
  ...{ paging: { chunk: 1, reserve: 1 }, antagonists: [0, 1] },
};

describe('the rules as terms', () => {
  test('say what the rules of the model say, in every state of an instance and within its steps', async () => {
    const agreement = new Agreement(XX);
    const expander = createExpander({ instance: SMALL, scheduler: 'xx', properties: [] });
    const { states, moments } = await lookEverywhere(SMALL, expander, (state) =>
      agreement.disagreement(state),
    );
    expect(states).toBe(181);
    expect(moments).toBeGreaterThan(states);
    expect(agreement.compared).toBeGreaterThan(10 * moments);
  });

  test('say what the rules of the model say where paging takes time', async () => {
    const agreement = new Agreement(XX);
    const expander = createExpander({ instance: IN_TIME, scheduler: 'xx', properties: [] });
    const { states, moments } = await lookEverywhere(IN_TIME, expander, (state) =>
      agreement.disagreement(state),
    );
    expect(states).toBe(281);
    expect(agreement.compared).toBeGreaterThan(10 * moments);
  });
});

describe.each(WEAKENINGS.map(({ name, rules }) => [name, rules] as const))(
  'along the example of %s',
  (name, rules) => {
    const { scenario } = readPlayable(readFileSync(exampleFile(name), 'utf8'));

    test('the terms of the rules agree with the model', () => {
      const agreement = new Agreement(XX);
      expect(lookAlong(scenario, createScheduler('xx'), (state) => agreement.disagreement(state))).toBeNull();
    });

    test('those of the weakened rule do not', () => {
      const agreement = new Agreement(rules);
      expect(lookAlong(scenario, createScheduler('xx'), (state) => agreement.disagreement(state))).toMatch(
        /the terms say .*, the model says .*/,
      );
    });
  },
);
