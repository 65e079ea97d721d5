import { describe, expect, test } from 'vitest';
import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import {
  boot,
  cluster,
  crash,
  finish,
  HIGH,
  join,
  LOW,
  MID,
  restart,
  submit,
  turn,
} from '../../model/testing.ts';
import type { Scheduler } from '../scheduler.ts';
import { createAws } from './aws.ts';
import { createJiq } from './jiq.ts';
import { createKnative } from './knative.ts';
import { createOpenWhisk } from './openwhisk.ts';
import { type Answer, createPrequal, PREQUAL_POLICIES } from './prequal.ts';
import { createSparrow } from './sparrow.ts';

const machines = (...cores: readonly number[]) => cores.map((count) => ({ cores: count, ram: 10, swap: 5 }));

/** Boots, and then plays these at 0 ms. @returns the decisions of each, without those of `boot`. */
function play(scheduler: Scheduler, config: Configuration, ...stimuli: readonly Stimulus[]): Decision[][] {
  scheduler.reset(config);
  scheduler.step(0, boot);
  return stimuli.map((stimulus) => scheduler.step(0, stimulus));
}

function placedOn(steps: readonly Decision[][]): number[] {
  return steps.flat().flatMap((decision) => (decision.type === 'place' ? [decision.machine] : []));
}

const types = (decisions: readonly Decision[]): string[] => decisions.map(({ type }) => type);

/** As many of the lowest class as asked for, and a turn for each. */
const arrivals = (count: number): Stimulus[] =>
  Array.from({ length: count }, (_, id) => [submit(id, LOW), turn()]).flat();

describe('OpenWhisk', () => {
  const three = cluster({ machines: machines(2, 2, 2) });

  test('fills the home of a function and the machines after it, and then goes anywhere', () => {
    const placed = placedOn(play(createOpenWhisk(), three, ...arrivals(8)));
    // |h("0") XOR h("f")| = 48 XOR 102 = 86, at home on machine 86 mod 3; the steps are 1 and 2, and 86 is even.
    expect(placed.slice(0, 6)).toEqual([2, 2, 0, 0, 1, 1]);
    expect(placed).toHaveLength(8);
  });

  test('divides the slots of a machine among its shards, each of which has one at least', () => {
    const shared = { ...three, shards: 3 };
    expect(placedOn(play(createOpenWhisk(), shared, ...arrivals(3)))).toEqual([2, 0, 1]);
  });

  test('forgets what a shard has sent when it restarts', () => {
    const placed = placedOn(
      play(createOpenWhisk(), three, ...arrivals(2), restart(0), submit(9, LOW), turn()),
    );
    expect(placed).toEqual([2, 2, 2]);
  });
});

describe('Knative', () => {
  const submitted = (count: number) => Array.from({ length: count }, (_, id) => submit(id, LOW));

  test('fills the first pod with room where pods take few, and goes on to the next where they take many', () => {
    const few = cluster({ machines: machines(2, 2) });
    const many = cluster({ machines: machines(4, 4) });
    expect(placedOn(play(createKnative(), few, ...submitted(4)))).toEqual([0, 0, 1, 1]);
    expect(placedOn(play(createKnative(), many, ...submitted(4)))).toEqual([0, 1, 0, 1]);
  });

  test('sends what has waited longest, at whatever shard, to the pod that has room again', () => {
    const config = cluster({ shards: 2 });
    const steps = play(
      createKnative(),
      config,
      submit(0, LOW),
      submit(1, LOW, 1),
      submit(2, HIGH),
      finish(0),
    );
    expect(steps[3]).toMatchObject([
      { type: 'complete' },
      { type: 'place', id: 1, shard: 1 },
      { type: 'start' },
    ]);
  });

  test('turns away what is more than 10,000 in its activator', () => {
    const steps = play(createKnative(), cluster(), ...submitted(10_002));
    expect(types(steps[10_000]!)).toEqual(['enqueue']);
    expect(types(steps[10_001]!)).toEqual(['throttle']);
  });
});

describe('Sparrow', () => {
  test('takes the first free core of two, and passes over what was launched elsewhere', () => {
    const config = cluster({ machines: machines(1, 1), words: ['reservations'] });
    const steps = play(createSparrow(), config, ...[0, 1, 2, 3].map((id) => submit(id, LOW)), finish(0));
    expect(types(steps[2]!)).toEqual(['enqueue', 'reserve', 'reserve']);
    expect(steps[4]).toMatchObject([{ type: 'complete' }, { type: 'place', id: 2 }, { type: 'start' }]);
  });

  test('reserves anew once all machines are gone where it holds a place', () => {
    const config = cluster({ maxAttempts: 1, words: ['reservations'] });
    const steps = play(createSparrow(), config, submit(0, LOW), submit(1, LOW), crash(0), join(0, 1, 10, 5));
    expect(steps[3]).toMatchObject([{ type: 'reserve', id: 1 }, { type: 'place', id: 1 }, { type: 'start' }]);
    const two = cluster({ machines: machines(1, 1), maxAttempts: 1, words: ['reservations'] });
    const one = createSparrow({ d: 1 });
    const busy = Array.from({ length: 20 }, (_, id) => submit(id, LOW));
    const after = play(one, two, ...busy, crash(0)).at(-1)!;
    const held = play(one, two, ...busy).flat();
    const lost = held.filter((decision) => decision.type === 'reserve' && decision.machine === 0);
    const placed = held.filter((decision) => decision.type === 'place' && decision.machine === 0);
    const moved = after.filter((decision) => decision.type === 'reserve');
    expect(moved).toHaveLength(lost.length - placed.length);
    expect(moved.length).toBeGreaterThan(0);
  });
});

describe('Join-Idle-Queue', () => {
  test('lists a machine while it has a core to spare, and again when one is free', () => {
    const config = cluster({ machines: machines(2) });
    const steps = play(createJiq(), config, ...arrivals(2), finish(0));
    expect(types(steps[1]!)).toEqual(['place', 'start', 'unlist', 'list']);
    expect(types(steps[3]!)).toEqual(['place', 'start', 'unlist']);
    expect(types(steps[4]!)).toEqual(['complete', 'list']);
  });

  test('lists machines again that a restart of a shard has taken off its queue', () => {
    const [again] = play(createJiq(), cluster({ machines: machines(1, 1) }), restart(0));
    expect(again).toMatchObject([
      { type: 'list', machine: 0 },
      { type: 'list', machine: 1 },
    ]);
  });

  test('joins the shorter of two queues where it asks two', () => {
    const config = cluster({ machines: machines(1, 1, 1, 1), shards: 2 });
    const scheduler = createJiq({ d: 2 });
    scheduler.reset(config);
    const shards = scheduler.step(0, boot).map((decision) => decision.type === 'list' && decision.shard);
    expect(shards).toEqual([0, 1, 0, 1]);
  });
});

describe('Prequal', () => {
  const config = cluster({ machines: machines(1, 1, 1, 1, 1, 1), words: ['probes'] });

  test('counts what a shard has sent itself on top of an answer', () => {
    const sent = new Map<Answer, number>();
    const choose = (answers: readonly Answer[], limit: number): Answer => {
      for (const [answer, inFlight] of sent) expect(answer.inFlight).toBe(inFlight);
      const answer = PREQUAL_POLICIES.choose(answers, limit);
      sent.set(answer, answer.inFlight + 1);
      return answer;
    };
    play(createPrequal({ policies: { choose } }), config, ...arrivals(20));
    expect(sent.size).toBeGreaterThan(5);
  });

  test('drops answers that are a second old', () => {
    const scheduler = createPrequal();
    play(scheduler, config, ...arrivals(4));
    scheduler.step(1000, submit(9, LOW));
    const [first] = scheduler.step(1000, turn());
    expect(first!.type).toBe('forget');
  });
});

describe('AWS', () => {
  const config = cluster({ machines: machines(4) });

  test('throttles a synchronous invocation beyond its limit, and lets an asynchronous one wait', () => {
    const steps = play(
      createAws(),
      config,
      ...[0, 1, 2].map((id) => submit(id, MID)),
      submit(3, MID),
      submit(4, LOW),
    );
    expect(types(steps[2]!)).toEqual(['enqueue', 'place', 'start']);
    expect(types(steps[3]!)).toEqual(['throttle']);
    expect(types(steps[4]!)).toEqual(['enqueue']);
  });

  test('keeps a quarter of its cores for the highest class, and no more', () => {
    const steps = play(
      createAws(),
      config,
      ...[0, 1, 2].map((id) => submit(id, LOW)),
      submit(3, HIGH),
      submit(4, HIGH),
    );
    expect(types(steps[3]!)).toEqual(['enqueue', 'place', 'start']);
    expect(types(steps[4]!)).toEqual(['throttle']);
  });

  test('takes limits of its user', () => {
    const half = createAws({ reservedPercent: (priceClass) => (priceClass === MID ? 50 : 0) });
    const steps = play(half, config, ...[0, 1, 2].map((id) => submit(id, MID)));
    expect(steps.map((decisions) => types(decisions)[0])).toEqual(['enqueue', 'enqueue', 'throttle']);
  });
});
