import { describe, expect, test } from 'vitest';
import { DECISION_TYPES, type Decision, type XXDecision } from './alphabet.ts';
import { RULE_IDS, type RuleId } from './rules/rule-set.ts';
import {
  antagonist,
  arrives,
  boot,
  cluster,
  complete,
  enqueue,
  finish,
  HIGH,
  kill,
  type Line,
  LOW,
  later,
  list,
  pageIn,
  pageOut,
  polls,
  preempt,
  relist,
  resize,
  type Story,
  start,
  story,
  submit,
  takes,
  throttle,
  tick,
  turn,
  unlist,
  wake,
} from './testing.ts';
import { acceptBy, everyPhase, WHO } from './testing-phases.ts';
import { wrongSums } from './testing-sums.ts';
import { invocationOf } from './unended.ts';
import { phaseName } from './words.ts';

/** What these rules alone find wrong with the last of these lines, everything before being accepted. */
function refuseBy(rules: readonly RuleId[], told: Story, [at, stimulus, ...decisions]: Line) {
  const judge = acceptBy(rules, told);
  const violation = judge.step(at, stimulus, decisions);
  if (violation === null)
    throw new Error(`expected to be refused: ${JSON.stringify([at, stimulus, decisions])}`);
  return { ...violation, judge };
}

/** Whether a decision is possible, and why not, in the midst of a step after {@link everyPhase}. */
function verdictOn(decision: Decision): string {
  const { model } = acceptBy([], everyPhase());
  model.stimulate(0, tick);
  const before = structuredClone(model.state);
  const refusal = model.examine(decision);
  expect(refusal === null).toBe(model.isPossible(decision));
  expect(model.state).toEqual(before);
  if (refusal === null) {
    model.apply(decision);
    expect(wrongSums(model.state)).toEqual([]);
    return 'possible';
  }
  const violation = acceptBy([], everyPhase()).step(0, tick, [decision])!;
  expect([refusal.id, violation.rule]).toEqual(['possible-decision', 'possible-decision']);
  return /possible-decision: (.*?)(?:; permitted here: .*)?$/.exec(violation.message)![1]!;
}

/** A decision about an invocation that is possible for whoever is in the right phase. */
const ABOUT: Record<Exclude<XXDecision['type'], 'list' | 'relist' | 'unlist'>, (id: number) => Decision> = {
  enqueue: (id) => enqueue(id, LOW),
  throttle,
  place: (id) => polls(id, 0, [0], 1),
  start,
  preempt,
  allocate: (id) => ({ type: 'allocate', id, memory: 1 }),
  pageOut: (id) => pageOut(id, 1),
  pageIn: (id) => pageIn(id, 1),
  kill: (id) => kill(id, 'memory'),
  complete,
  wake,
};

/** Who hears what, and what is said to the others. */
const HEARD: Record<keyof typeof ABOUT, readonly [only: string, ...phases: (keyof typeof WHO)[]]> = {
  enqueue: [
    'one that was just submitted, called, or lost in a crash is enqueued',
    'admission',
    'inheritance',
    'lost',
  ],
  throttle: ['a root that was just submitted is throttled', 'admission'],
  place: ['one that is queued is placed', 'queued'],
  start: ['one that is ready starts', 'ready'],
  preempt: ['one that runs is preempted', 'running'],
  allocate: [
    'one that lives on a machine is given RAM',
    'ready',
    'running',
    'finishing',
    'blocked',
    'waking',
  ],
  pageOut: [
    'one that lives on a machine has pages to be moved',
    'ready',
    'running',
    'finishing',
    'blocked',
    'waking',
  ],
  pageIn: [
    'one that lives on a machine has pages to be moved',
    'ready',
    'running',
    'finishing',
    'blocked',
    'waking',
  ],
  kill: [
    'one that lives on a machine, or was lost in a crash, is killed',
    'ready',
    'running',
    'finishing',
    'blocked',
    'waking',
    'lost',
  ],
  complete: ['one that has finished completes', 'finishing'],
  wake: ['one whose callee has ended is woken', 'waking'],
};

describe('a story in which nobody is asked for anything', () => {
  test('has somebody in every phase but the first and the last', () => {
    const { state } = acceptBy([], everyPhase());
    const phases = Object.entries(WHO).map(([phase, id]) => [
      phase,
      phaseName(invocationOf(state.invocations, id)!),
    ]);
    for (const [expected, phase] of phases) expect(phase).toBe(expected);
    expect(wrongSums(state)).toEqual([]);
  });
});

describe('what is possible', () => {
  test.each(Object.keys(ABOUT) as (keyof typeof ABOUT)[])(
    'is a %s of those who hear it, and nobody else',
    (type) => {
      const [only, ...phases] = HEARD[type];
      for (const [phase, id] of Object.entries(WHO)) {
        const verdict = verdictOn(ABOUT[type](id));
        if (!phases.some((heard) => heard === phase)) {
          const stands = phase === 'admission' || phase === 'inheritance' ? 'awaits' : 'is';
          expect(verdict).toBe(`invocation ${id} ${stands} ${phase}, and only ${only}`);
        } else if (type === 'allocate') {
          // Pages move at once here, so nobody has asked for memory that it has not.
          expect(verdict).toMatch(/^1 MB is not a part of the 0 MB that invocation \d+ has asked for/);
        } else if (type === 'pageIn' && phase !== 'ready') {
          expect(verdict).toBe(
            `1 MB is not a part of the 0 MB that invocation ${id} has in swap, in whole MBs`,
          );
        } else {
          expect(verdict).toBe('possible');
        }
      }
      expect(verdictOn(ABOUT[type](12))).toBe('invocation 12 has ended');
      expect(verdictOn(ABOUT[type](99))).toBe('invocation 99 was never submitted');
      expect(verdictOn(ABOUT[type](-1))).toBe('invocation -1 was never submitted');
    },
  );

  const amounts = 'in whole MBs';
  const figures = 'an entry counts available MB and functions in whole numbers from 0';
  test.each<[Decision, string]>([
    [enqueue(4, HIGH, 1, true), 'possible'],
    [enqueue(4, LOW, 2), 'there is no shard 2'],
    [enqueue(4, LOW, -1), 'there is no shard -1'],
    [enqueue(4, 3), 'there is no class 3'],
    [enqueue(4, 0.5), 'there is no class 0.5'],

    [takes(3, 3, 1), 'possible'],
    [polls(3, 3, [], 1), 'possible'],
    [polls(3, 3, [7, 7], 1), 'possible'],
    [polls(3, 0), 'invocation 3 is queued at shard 1, not at shard 0'],
    [polls(3, 4, [4], 1), 'there is no machine 4'],
    [polls(3, 1, [1], 1), 'machine 1 is down, and only one that is up takes new work'],
    [takes(3, 2, 1), 'machine 2 is draining, and only one that is up takes new work'],

    [pageOut(2, 2), 'possible'],
    [pageOut(2, 3), `3 MB is not a part of the 2 MB that invocation 2 holds in RAM, ${amounts}`],
    [pageOut(1, 3), 'possible'],
    [pageOut(1, 0), `0 MB is not a part of the 3 MB that invocation 1 holds in RAM, ${amounts}`],
    [pageOut(1, 0.5), `0.5 MB is not a part of the 3 MB that invocation 1 holds in RAM, ${amounts}`],
    [pageOut(1, -1), `-1 MB is not a part of the 3 MB that invocation 1 holds in RAM, ${amounts}`],
    [pageIn(2, 2), `2 MB is not a part of the 1 MB that invocation 2 has in swap, ${amounts}`],
    [pageIn(2, 0), `0 MB is not a part of the 1 MB that invocation 2 has in swap, ${amounts}`],
    [pageIn(2, -1), `-1 MB is not a part of the 1 MB that invocation 2 has in swap, ${amounts}`],

    [kill(1, 'attempts'), 'possible'],
    [kill(10, 'exceeds-machine'), 'possible'],
    [complete(7, { cpuMs: -1, mbMs: 0.5, cost: 7 }), 'possible'],
    [wake(8, 'ok'), 'possible'],
    [wake(8, 'failed'), 'possible'],

    [list(3, 1, 0, 17, []), 'possible'],
    [list(1, 0, 100, 0), 'possible'],
    [list(2, 1, 9, 9), 'possible'],
    [list(0, 0, 100, 0), 'machine 0 is on the idle list of shard 0 already'],
    [list(0, 1, 100, 0), 'machine 0 is on the idle list of shard 0 already'],
    [list(4, 0, 100, 0), 'there is no machine 4'],
    [list(3, 2, 100, 0), 'there is no shard 2'],
    [list(3, 0, -1, 0), figures],
    [list(3, 0, 0, 0.5), figures],
    [relist(0, 0, 0, 17), 'possible'],
    [relist(0, 1, 100, 0), 'machine 0 is not on the idle list of shard 1: it is on that of shard 0'],
    [relist(3, 0, 100, 0), 'machine 3 is not on the idle list of shard 0: it is on none'],
    [relist(4, 0, 100, 0), 'there is no machine 4'],
    [relist(0, 0, 100, -1), figures],
    [relist(0, 0, Number.NaN, 0), figures],
    [unlist(0, 0), 'possible'],
    [unlist(0, 1), 'machine 0 is not on the idle list of shard 1: it is on that of shard 0'],
    [unlist(3, 0), 'machine 3 is not on the idle list of shard 0: it is on none'],
    [unlist(4, 0), 'there is no machine 4'],
  ])('says of %j: %s', (decision, verdict) => {
    expect(verdictOn(decision)).toBe(verdict);
  });

  test('is tried both ways for every type of decision', () => {
    const types = [...Object.keys(ABOUT), 'list', 'relist', 'unlist'];
    expect(types.toSorted()).toEqual([...DECISION_TYPES].toSorted());
  });
});

describe('a judge of some rules', () => {
  const two = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, submit(2, HIGH), enqueue(2, HIGH)]);

  test('does not ask for what lies outside of them', () => {
    const inverted: Line = [0, turn(), polls(2, 0)];
    acceptBy(['memory-bound'], two, inverted);
    expect(refuseBy(['memory-bound', 'run-the-highest'], two, inverted)).toMatchObject({
      rule: 'run-the-highest',
      message: expect.stringContaining(
        'invocation 2 (class high, ready, 1 MB resident) is in the will-run set',
      ),
    });
    expect(refuseBy(['start-highest'], two, [0, turn(), polls(2, 0), preempt(1), start(1)])).toMatchObject({
      rule: 'start-highest',
    });
  });

  test('refuses a swap that is over-full by memory-bound itself', () => {
    const grown: Line = [0, resize(1, 16)];
    expect(refuseBy(['memory-bound'], two, [0, resize(1, 16), pageOut(1, 6)])).toMatchObject({
      rule: 'memory-bound',
      entity: 'machine 0',
      decision: null,
      message: expect.stringContaining('10 MB resident, 6 MB swapped) holds 1 MB more than its swap'),
    });
    expect(refuseBy(['memory-bound'], two, grown)).toMatchObject({
      rule: 'memory-bound',
      message: expect.stringContaining('16 MB resident, 0 MB swapped) holds 6 MB more than its RAM'),
    });
    acceptBy(['memory-bound'], two, [0, resize(1, 15), pageOut(1, 5)]);
    // The one that grew still runs, and part of it is in swap.
    expect(refuseBy(['run-resident'], two, [0, resize(1, 15), pageOut(1, 5)])).toMatchObject({
      rule: 'run-resident',
      message: expect.stringContaining('invocation 1 (class low, running, 15 MB with 10 MB resident) runs'),
    });
  });

  test('refuses more running than cores, whoever else is not asked', () => {
    const both: Line = [0, turn(), polls(2, 0), start(2)];
    expect(acceptBy([], two, both).state.machines[0]).toMatchObject({ cores: 1, running: 2 });
    expect(refuseBy(['run-the-highest'], two, both)).toMatchObject({
      rule: 'run-the-highest',
      message: expect.stringContaining('invocation 1 (class low, running, 1 MB resident) runs and is not in'),
    });
    expect(refuseBy(['start-highest'], two, both)).toMatchObject({
      rule: 'start-highest',
      message: expect.stringContaining('no core of machine 0 is free: 1 running on 1 core'),
    });
  });

  test('lets a stimulus go unanswered for good, if nobody asks', () => {
    const unanswered: Line[] = [
      [0, turn()],
      [0, submit(3, LOW)],
      [0, finish(1)],
      [0, antagonist(0, 20)],
    ];
    const { state } = acceptBy(['admit', 'bill-exact', 'wake-caller'], two, ...unanswered);
    expect(state.invocations.size).toBe(3);
    for (const line of unanswered.slice(0, 3)) {
      expect(refuseBy(['answered'], two, line)).toMatchObject({ rule: 'answered', decision: null });
    }
    // What was left may still be done later, and then counts like any other.
    acceptBy(['admit', 'bill-exact'], later(two, ...unanswered), [
      5,
      tick,
      enqueue(3, LOW),
      complete(1, { cpuMs: 0, mbMs: 5, cost: 0 }),
    ]);
  });

  test('asks for the kill that is due before all else, whether or not answers are asked for', () => {
    const exhausted: Line = [0, resize(1, 20), start(2)];
    const ready = later(two, [0, turn(), polls(2, 0)]);
    for (const rules of [['kill-iff'], ['kill-iff', 'answered']] as const) {
      expect(refuseBy(rules, ready, exhausted)).toMatchObject({
        rule: 'kill-iff',
        entity: 'invocation 2',
        message: expect.stringContaining('first a kill is due on machine 0'),
      });
    }
    acceptBy(['answered'], ready, exhausted);
    // The finish has no answer when a kill becomes due, and nobody asks for one.
    const large = story(cluster({ initialMemory: 10 }), ...arrives(0, 1, LOW, start(1)), [
      0,
      submit(2, HIGH),
      enqueue(2, HIGH),
    ]);
    expect(refuseBy(['kill-iff'], large, [0, finish(1), polls(2, 0), start(2)])).toMatchObject({
      rule: 'kill-iff',
      entity: 'invocation 2',
      message: expect.stringContaining('first a kill is due on machine 0'),
    });
    acceptBy(['kill-iff'], large, [0, finish(1), polls(2, 0), complete(1), start(2)]);
  });

  test('lets an entry wait until all else is settled, as far as that is asked', () => {
    const listing = story(
      cluster({ idle: { enter: 5, leave: 3, memoryDrift: 100, functionsDrift: 1 } }),
      [0, boot, list(0, 0, 10, 0)],
      [0, submit(1, LOW), enqueue(1, LOW)],
    );
    const soon: Line = [0, tick, polls(1, 0), relist(0, 0, 9, 1), start(1)];
    acceptBy(['idle-list-true'], listing, soon);
    acceptBy(['idle-list-true', 'memory-bound'], listing, soon);
    expect(refuseBy(['idle-list-true', 'run-the-highest'], listing, soon)).toMatchObject({
      rule: 'idle-list-true',
      decision: relist(0, 0, 9, 1),
      message: expect.stringContaining(
        'everything else must be settled first: invocation 1 (class low, ready,',
      ),
    });
    // RAM is over-committed until the one that grew has gone to swap; nobody asks who runs.
    const grown: Line[] = [...listing.lines, [0, tick, polls(1, 0), relist(0, 0, 9, 1), start(1)]];
    const full = { config: listing.config, lines: grown };
    const early: Line = [0, resize(1, 12), unlist(0, 0), pageOut(1, 2)];
    acceptBy(['idle-list-true'], full, early);
    expect(refuseBy(['idle-list-true', 'memory-bound'], full, early)).toMatchObject({
      rule: 'idle-list-true',
      decision: unlist(0, 0),
      message: expect.stringContaining('holds 2 MB more than its RAM'),
    });
  });

  test('refuses what is not possible, whichever they are', () => {
    for (const rules of [[], ['memory-bound'], RULE_IDS.slice(1)] as const) {
      expect(refuseBy(rules, two, [0, tick, start(2)])).toMatchObject({
        rule: 'possible-decision',
        message: expect.stringContaining('invocation 2 is queued, and only one that is ready starts'),
      });
    }
  });
});

describe('after a refusal', () => {
  const two = story(cluster(), ...arrives(0, 1, LOW, start(1)), [0, submit(2, HIGH), enqueue(2, HIGH)]);

  test('the decision that was refused has its effect, and so has the rest of the step', () => {
    const { rule, judge } = refuseBy(RULE_IDS, two, [0, turn(), polls(2, 0), start(2), preempt(1)]);
    expect(rule).toBe('start-highest');
    const { invocations, machines } = judge.state;
    expect(phaseName(invocationOf(invocations, 2)!)).toBe('running');
    expect(phaseName(invocationOf(invocations, 1)!)).toBe('ready');
    expect(machines[0]).toMatchObject({ running: 1 });
    expect(wrongSums(judge.state)).toEqual([]);
  });

  test('what is not possible is passed over, and the rest has its effect', () => {
    const { rule, judge } = refuseBy(RULE_IDS, two, [
      0,
      turn(),
      polls(2, 7),
      polls(2, 0),
      preempt(2),
      preempt(1),
      start(2),
    ]);
    expect(rule).toBe('possible-decision');
    const { invocations } = judge.state;
    expect(phaseName(invocationOf(invocations, 2)!)).toBe('running');
    expect(phaseName(invocationOf(invocations, 1)!)).toBe('ready');
    expect(wrongSums(judge.state)).toEqual([]);
  });

  test('only the first that is wrong is told of', () => {
    const { message, decision } = refuseBy(RULE_IDS, two, [0, turn(), polls(2, 0), start(2), start(2)]);
    expect(decision).toEqual(start(2));
    expect(message).toContain('is refused by start-highest');
  });

  test('a sum that leaves the safe integers ends what can be seen, and is no fault of the scenario', () => {
    const vast = story(
      cluster({
        machines: [{ cores: 1, ram: Number.MAX_SAFE_INTEGER - 1, swap: 0 }],
        initialMemory: 2 ** 52,
        idle: { enter: Number.MAX_SAFE_INTEGER, leave: 0, memoryDrift: 1, functionsDrift: 1 },
      }),
      ...arrives(0, 1, LOW, start(1)),
      [0, submit(2, LOW), enqueue(2, LOW)],
    );
    expect(refuseBy(RULE_IDS, vast, [0, turn(), preempt(1), polls(2, 0)])).toMatchObject({
      rule: 'answered',
    });
    expect(() => acceptBy([], vast, [0, turn(), polls(2, 0)])).toThrow('leaves the safe integers');
  });
});
