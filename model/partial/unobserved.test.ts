import { describe, expect, test } from 'vitest';
import type { Configuration } from '../configuration.ts';
import { createLogReader } from './reader.ts';
import { standInFor, Unobserved, VOCABULARY } from './unobserved.ts';

const CONFIG: Configuration = {
  classes: [{ name: 'only', price: 1 }],
  memoryPrice: 0,
  machines: [{ cores: 1, ram: 10, swap: 0 }],
  ...{ shards: 1, kMachines: 1, kShards: 1, initialMemory: 1, maxAttempts: 1, seed: 1 },
  idle: { enter: 1, leave: 1, memoryDrift: 1, functionsDrift: 1 },
  tenants: [{ budget: null }],
};
const BUDGET: Configuration = { ...CONFIG, tenants: [{ budget: 1, period: 1, burstPercent: 0 }] };

describe('the vocabulary of what a log leaves out', () => {
  test('has every word once, and each is understood alone', () => {
    expect(new Set(VOCABULARY.map(({ word }) => word)).size).toBe(VOCABULARY.length);
    for (const { word } of VOCABULARY) expect(new Unobserved([word], CONFIG, 'here').words).toEqual([word]);
  });

  test('has a stand-in for every field of a decision', () => {
    for (const { word, kind } of VOCABULARY) {
      const [type, field] = word.split('.');
      if (kind === 'field of a decision') expect(standInFor(type!, field!)).toBeDefined();
    }
  });

  test.each([
    [['nonsense'], 'here: "nonsense" is nothing that a log may leave out'],
    [['nonsense'], /known are pages, .*place\.machine, .*submit\.tenant \(docs/],
    [['place.id'], 'known are place.shard, place.machine, place.via, place.polled'],
    [['turn', 'place'], 'turn is read off what the log says of place'],
    [['finish', 'complete'], 'finish is read off what the log says of complete'],
    [['submit.shard', 'enqueue.shard'], 'submit.shard is read off what the log says of enqueue.shard'],
  ])('refuses %j', (words, message) => {
    expect(() => new Unobserved(words, CONFIG, 'here')).toThrow(message);
  });

  test('lets tenants be left out only where nobody has a budget', () => {
    expect(new Unobserved(['submit.tenant'], CONFIG, 'here').fieldsOf('submit')).toEqual(new Set(['tenant']));
    expect(() => new Unobserved(['submit.tenant'], BUDGET, 'here')).toThrow('a tenant has a budget');
  });

  test('refuses logs of clusters where paging takes time, and says why', () => {
    const config = { ...CONFIG, paging: { chunk: 1, reserve: 1 } };
    expect(() => new Unobserved(['bills'], config, 'here')).toThrow(
      /^here: a log of a cluster whose paging takes time \(config\.paging\) must be whole/,
    );
  });

  test('takes groups apart, and whoever does not say how a machine was found does not say who was polled', () => {
    const unobserved = new Unobserved(['pages', 'place.via'], CONFIG, 'here');
    expect(unobserved.hides('pageOut') && unobserved.hides('pageIn')).toBe(true);
    expect(unobserved.hides('place')).toBe(false);
    expect(unobserved.fieldsOf('place')).toEqual(new Set(['via', 'polled']));
  });
});

describe('a line of a log that is not whole', () => {
  const header = (unobserved: string[]) =>
    JSON.stringify({ format: 'xx-trace', version: 1, config: CONFIG, unobserved });
  const read = (unobserved: string[], ...lines: object[]) => {
    const reader = createLogReader();
    return [header(unobserved), ...lines.map((line) => JSON.stringify(line))]
      .map((line) => reader.line(line))
      .slice(1);
  };
  const boot = { at: 0, stimulus: { type: 'boot' }, decisions: [] };
  const place = { type: 'place', id: 1, shard: 0, machine: 0, via: 'poll', polled: [0] };

  test('without a stimulus has the one that its decisions tell of, or none', () => {
    const complete = { type: 'complete', id: 3, bill: { cpuMs: 0, mbMs: 0, cost: 0 } };
    const [, turn, finish, none] = read(
      ['turns', 'finish'],
      boot,
      { at: 1, decisions: [place] },
      { at: 2, decisions: [complete] },
      { at: 3, decisions: [{ type: 'start', id: 1 }] },
    );
    expect(turn!.stimulus).toEqual({ type: 'turn', shard: 0 });
    expect(finish!.stimulus).toEqual({ type: 'finish', id: 3 });
    expect(none!.stimulus).toEqual({ type: 'tick' });
  });

  test('must have a stimulus where the header does not say that some are left out', () => {
    expect(() => read(['pages'], boot, { at: 1, decisions: [place] })).toThrow('line 3: stimulus: ');
  });

  test('is judged without what the log does not record, even where it has it', () => {
    const [, step] = read(['start', 'polls'], boot, {
      ...{ at: 1, stimulus: { type: 'turn', shard: 0 } },
      decisions: [place, { type: 'start', id: 1 }],
    });
    expect(step!.decisions).toEqual([{ ...place, polled: [] }]);
  });
});
