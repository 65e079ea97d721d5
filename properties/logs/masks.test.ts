import { describe, expect, test } from 'vitest';
import type { Decision, Step } from '../../model/alphabet.ts';
import type { Trace } from '../../model/configuration.ts';
import { notShownBy } from '../../model/partial/not-shown.ts';
import { Unobserved } from '../../model/partial/unobserved.ts';
import { MUTANTS } from '../mutants/index.ts';
import { maskedLines, verdictOnLines } from './masked-verdict.ts';
import { AMBIGUOUS, MASKS } from './masks.ts';
import { referenceTraces, traceOf } from './traces.ts';
import { underMask } from './wrong-logs.ts';

const TRACES = [...referenceTraces(14, 2)];

describe('logs of the reference are accepted, whatever they leave out', () => {
  for (const mask of [...MASKS, AMBIGUOUS]) {
    test(mask.name, () => {
      for (const trace of TRACES) {
        const { violation, judge } = verdictOnLines(maskedLines(trace, mask), 32);
        // More may fit than are carried, where the log does not say who was placed where.
        if (judge.boundReachedAt === null) expect(violation, JSON.stringify(trace.config)).toBeNull();
        if (mask !== AMBIGUOUS) expect(violation).toBeNull();
      }
    });
  }

  test('where nothing is left out the judge of logs and the judge agree on every line', () => {
    for (const trace of TRACES.slice(0, 10)) {
      const { judge } = verdictOnLines(maskedLines(trace, { name: 'whole', unobserved: [] }));
      expect(judge).toMatchObject({ most: 1, left: 1, boundReachedAt: null, filledIn: {} });
    }
  });
});

/** The invocation of a step that a bare log does not show, or null. */
function killIn({ decisions }: Step): Extract<Decision, { type: 'kill' }> | null {
  return decisions.find((decision) => decision.type === 'kill') ?? null;
}

describe('a log that leaves something out is refused', () => {
  const bare = MASKS.find(({ name }) => name === 'bare')!;

  test('at the first start that no completion permits, with what would have had to be broken', () => {
    const config: Trace['config'] = {
      classes: [
        { name: 'low', price: 1 },
        { name: 'high', price: 4 },
      ],
      memoryPrice: 0,
      machines: [{ cores: 1, ram: 10, swap: 0 }],
      shards: 1,
      kMachines: 1,
      kShards: 1,
      initialMemory: 1,
      idle: { enter: 20, leave: 20, memoryDrift: 1, functionsDrift: 1 },
      maxAttempts: 1,
      seed: 1,
      tenants: [{ budget: null }],
    };
    const submit = (id: number, priceClass: number): Step => ({
      at: 0,
      stimulus: { type: 'submit', id, tenant: 0, function: 'f', class: priceClass, shard: 0 },
      decisions: [{ type: 'enqueue', id, shard: 0, class: priceClass, degraded: false }],
    });
    const turn = (id: number, ...more: Decision[]): Step => ({
      at: 0,
      stimulus: { type: 'turn', shard: 0 },
      decisions: [{ type: 'place', id, shard: 0, machine: 0, via: 'poll', polled: [0] }, ...more],
    });
    const steps: Step[] = [
      { at: 0, stimulus: { type: 'boot' }, decisions: [] },
      submit(1, 1),
      submit(2, 0),
      turn(1, { type: 'start', id: 1 }),
      // The high one runs, so the low one waits.
      turn(2, { type: 'preempt', id: 1 }, { type: 'start', id: 2 }),
    ];
    const { violation } = verdictOnLines(maskedLines({ config, steps }, bare));
    expect(violation).toMatchObject({ step: 5, rule: 'preempt-outranked', entity: 'invocation 1' });
    expect(violation!.nearest).toEqual([{ rule: 'preempt-outranked', message: violation!.message }]);
    const right = [...steps.slice(0, 4), turn(2)];
    expect(verdictOnLines(maskedLines({ config, steps: right }, bare)).violation).toBeNull();
  });

  test('when one goes on that must have been killed, although no kill is in the log', () => {
    let told = 0;
    for (const trace of TRACES) {
      const at = trace.steps.findIndex((step) => killIn(step)?.reason === 'memory');
      if (at < 0) continue;
      const { id } = killIn(trace.steps[at]!)!;
      const before = trace.steps.slice(0, at + 1);
      const finish: Step = {
        at: before.at(-1)!.at,
        stimulus: { type: 'finish', id },
        decisions: [{ type: 'complete', id, bill: { cpuMs: 0, mbMs: 0, cost: 0 } }],
      };
      const { violation } = verdictOnLines(maskedLines({ ...trace, steps: [...before, finish] }, bare));
      expect(violation).toMatchObject({ step: before.length + 1, entity: `invocation ${id}` });
      expect(violation!.message).toContain('has ended');
      told++;
    }
    expect(told).toBeGreaterThan(0);
  });

  test('when a machine would have to be on the list of a shard that took another with more functions', () => {
    const config: Trace['config'] = {
      classes: [{ name: 'only', price: 1 }],
      memoryPrice: 0,
      machines: [
        { cores: 1, ram: 10, swap: 0 },
        { cores: 1, ram: 10, swap: 0 },
      ],
      ...{ shards: 3, kMachines: 1, kShards: 1, initialMemory: 1, maxAttempts: 1, seed: 1 },
      idle: { enter: 1, leave: 1, memoryDrift: 50, functionsDrift: 50 },
      tenants: [{ budget: null }],
    };
    const submit = (id: number): Step => ({
      at: 0,
      stimulus: { type: 'submit', id, tenant: 0, function: 'f', class: 0, shard: 0 },
      decisions: [{ type: 'enqueue', id, shard: 0, class: 0, degraded: false }],
    });
    const place = (id: number, machine: number): Decision => ({
      ...({ type: 'place', id, shard: 0, machine, via: 'idle-list' } as const),
    });
    const turn = (...decisions: Decision[]): Step => ({
      at: 0,
      stimulus: { type: 'turn', shard: 0 },
      decisions,
    });
    const steps: Step[] = [
      { at: 0, stimulus: { type: 'boot' }, decisions: [] },
      ...[1, 2, 3].map(submit),
      turn(place(1, 1), { type: 'start', id: 1 }),
      // The entry of machine 1 says 1 function by now, and that of machine 0 would say none.
      turn(place(2, 1)),
    ];
    const lists = { name: 'lists', unobserved: ['idle-lists'] };
    expect(verdictOnLines(maskedLines({ config, steps }, lists)).violation).toBeNull();
    const other = turn(place(3, 0), { type: 'start', id: 3 });
    const { violation } = verdictOnLines(maskedLines({ config, steps: [...steps, other] }, lists));
    expect(violation).toMatchObject({ step: 7, rule: 'place-least-loaded' });
    expect(violation!.message).not.toContain('-1');
  });

  test('for a stimulus that is possible in no state, whatever is left out; of a whole log it is bad input', () => {
    const [trace] = TRACES;
    const submitted = trace!.steps.findIndex(({ stimulus }) => stimulus.type === 'submit');
    const { stimulus, at } = trace!.steps[submitted]!;
    const id = stimulus.type === 'submit' ? stimulus.id : -1;
    const finish: Step = { at, stimulus: { type: 'finish', id }, decisions: [] };
    const wrong = { ...trace!, steps: [...trace!.steps.slice(0, submitted + 1), finish] };
    for (const unobserved of [['bills'], ['pages'], ['turns'], ['tick'], ['idle-lists', 'polls']]) {
      const { violation } = verdictOnLines(maskedLines(wrong, { name: 'some', unobserved }));
      expect(violation?.message, String(unobserved)).toContain('only a running one can finish');
    }
    const whole = maskedLines(wrong, { name: 'none', unobserved: [] });
    expect(() => verdictOnLines(whole)).toThrow('only a running one can finish');
  });

  test('when it names what never was: that is bad input, whatever is left out', () => {
    const [trace] = TRACES;
    const finish: Step = { at: 0, stimulus: { type: 'finish', id: 999_999 }, decisions: [] };
    const lines = maskedLines({ ...trace!, steps: [trace!.steps[0]!, finish] }, bare);
    expect(() => verdictOnLines(lines)).toThrow('invocation 999999 does not exist');
  });

  test('of wrong schedulers that show in it, and the reference is told from them', () => {
    const wrong = ['never-preempts', 'kills-the-newest', 'lifo-within-a-class'];
    for (const name of wrong) {
      const mutant = MUTANTS.find((candidate) => candidate.name === name)!;
      const pairs = TRACES.map((right) => {
        const stimuli = right.steps.map(({ at, stimulus }) => ({ at, stimulus }));
        return { right, wrong: traceOf({ config: right.config, stimuli }, mutant.create()) };
      });
      expect(underMask(pairs, bare), name).toEqual({ shows: true, refused: true });
      const same = TRACES.slice(0, 2).map((right) => ({ right, wrong: right }));
      expect(underMask(same, bare)).toEqual({ shows: false, refused: false });
    }
  });
});

describe('the bound', () => {
  test('is reached where a log says too little, which is said, and what is left may still be accepted', () => {
    const reached = TRACES.map((trace) => verdictOnLines(maskedLines(trace, AMBIGUOUS), 2).judge);
    const bounded = reached.filter(({ boundReachedAt }) => boundReachedAt !== null);
    expect(bounded.length).toBeGreaterThan(0);
    for (const { most } of reached) expect(most).toBeLessThanOrEqual(2);
  });
});

describe('what a log does not show', () => {
  const [{ config }] = TRACES as [Trace];

  test('is said of the rules whose decisions it leaves out, wholly or in part', () => {
    const shown = notShownBy(new Unobserved(['bills', 'pageOut', 'unlist'], config, 'test'));
    expect(shown.find(({ rule }) => rule === 'bill-exact')).toMatchObject({ shown: 'nothing' });
    expect(shown.find(({ rule }) => rule === 'page-out-lowest')).toMatchObject({ shown: 'nothing' });
    expect(shown.find(({ rule }) => rule === 'idle-list-true')).toMatchObject({
      shown: 'part',
      missing: ['unlist'],
    });
    expect(shown.find(({ rule }) => rule === 'place-greatest')).toBeUndefined();
  });

  test('is nothing of a whole one', () => {
    expect(notShownBy(new Unobserved([], config, 'test'))).toEqual([]);
  });
});
