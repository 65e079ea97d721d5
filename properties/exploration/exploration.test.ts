import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import type { Step } from '../../model/alphabet.ts';
import { coverageOf, emptyTally } from '../../model/coverage.ts';
import { Choices } from '../../model/explore/choices.ts';
import type { Explorable } from '../../model/explore/expander.ts';
import { type BoundedInstance, configurationOf, QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { SchedulerExpander } from '../../model/explore/scheduler-expander.ts';
import { search } from '../../model/explore/search.ts';
import { traceText } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { Judge } from '../../model/judge.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { type Policies, referencePolicies } from '../../reference-impl/xx/policies.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import type { PropertyId } from '../catalogue.ts';
import { main } from '../commands/main.ts';
import { EVERYTHING } from '../play/asked.ts';
import { recordOfExploration } from '../records/from-exploration.ts';
import { readRecord } from '../records/record.ts';
import { ask } from '../testing/command-line.ts';
import { naiveSearch } from '../testing/naive-search.ts';
import { linesTooWide } from '../testing/too-wide.ts';
import { check } from './check.ts';
import { ENGINE_FLAGS } from './engine.ts';
import { explorable } from './expanders.ts';
import { keep } from './keep.ts';
import { explorationText } from './report.ts';
import type { CheckSummary } from './summary.ts';

const directory = mkdtempSync(join(tmpdir(), 'xx-spec-'));
afterAll(() => rmSync(directory, { recursive: true }));

const NOTHING: CheckSummary = {
  subject: 'xx',
  instance: QUOTED_INSTANCE,
  states: 1,
  steps: 1,
  depth: 1,
  complete: false,
  endedAt: null,
  lacksMemory: null,
  kept: null,
  leftOut: { impossible: 0, outside: 0 },
  seconds: 1,
  statesPerSecond: 1,
  properties: [],
  violations: [],
  secondPaths: null,
  liveness: null,
  overtaking: null,
  coverage: coverageOf(emptyTally(), false),
};

const QUOTED_STATES = 3764;
/** One with as many states as are explored at once. */
const SMALL: BoundedInstance = { ...QUOTED_INSTANCE, machines: 1, kMachines: 1 };
const SMALL_STATES = 2340;
const world = { nowMs: () => 0, interrupted: () => false, onProgress: () => {} };

function explore(
  instance: Partial<BoundedInstance>,
  scheduler: string | null = 'xx',
  workers = 1,
  properties: readonly PropertyId[] = [],
) {
  const options = { instance: { ...QUOTED_INSTANCE, ...instance }, scheduler, properties };
  return check({ ...options, workers, out: directory }, world);
}

/** The quoted instance, explored once by one thread. */
let quoted: ReturnType<typeof explore> | null = null;
function exploreQuoted(): ReturnType<typeof explore> {
  quoted ??= explore({});
  return quoted;
}

function exploreWrong(policies: Partial<Policies>, instance: Partial<BoundedInstance> = {}) {
  const choices = new Choices();
  const wrong = createXX({
    name: 'wrong',
    policies: { ...referencePolicies, ...policies },
    sample: (_generator, count, size) => choices.sample(count, size),
  });
  const expander = new SchedulerExpander({ ...QUOTED_INSTANCE, ...instance }, explorable(wrong), choices);
  return search(expander, { goOn: async () => true });
}

test('an exploration that may keep so many states ends there, and says so', async () => {
  const summary = await check(
    {
      instance: QUOTED_INSTANCE,
      scheduler: 'xx',
      properties: [],
      workers: 1,
      out: directory,
      maxStates: 500,
    },
    world,
  );
  expect(summary).toMatchObject({ complete: false, endedAt: 500, violations: [] });
  expect(summary.states).toBeLessThan(QUOTED_STATES);
  expect(explorationText(summary).replaceAll('\n', ' ')).toContain('the exploration ended beyond 500 states');
  const enough = await check(
    {
      instance: SMALL,
      scheduler: 'xx',
      properties: [],
      workers: 1,
      out: directory,
      maxStates: SMALL_STATES,
    },
    world,
  );
  expect(enough).toMatchObject({ complete: true, endedAt: null });
});

test('an exploration that may need more memory than is free ends before that, and says so', async () => {
  const options = { instance: QUOTED_INSTANCE, scheduler: 'xx', properties: [], workers: 1, out: directory };
  const poor = await check(options, { ...world, freeBytes: () => 200_000 });
  expect(poor).toMatchObject({ complete: false, endedAt: null, lacksMemory: { free: 200_000 } });
  expect(poor.states).toBeLessThan(QUOTED_STATES);
  expect(explorationText(poor).replaceAll('\n', ' ')).toContain('ended before memory runs out');
  const rich = await check({ ...options, instance: SMALL }, { ...world, freeBytes: () => 1e9 });
  expect(rich).toMatchObject({ complete: true, lacksMemory: null });
});

test('a verdict does not wait for a disk that is full by then', async () => {
  const out = join(directory, 'filled');
  const filling = { ...world, onProgress: () => writeFileSync(out, '') };
  const instance = { ...QUOTED_INSTANCE, machines: 1, kMachines: 1 };
  const options = { instance, scheduler: 'never-preempts', properties: [], workers: 1, out };
  const summary = await check(options, filling);
  expect(summary.violations).toHaveLength(1);
  expect(summary.violations[0]!.unwritten).toContain('filled');
  const text = explorationText(summary);
  expect(text).toContain('not written: ');
  expect(text).not.toContain('replay with');
});

describe('the quoted instance', () => {
  test('has 3,764 states and depth 14, and meets every obligation in all of them', async () => {
    const { states, depth, complete, violations, liveness, overtaking } = await exploreQuoted();
    expect({ states, depth, complete }).toEqual({ states: 3764, depth: 14, complete: true });
    expect(violations).toEqual([]);
    // With prices 1 and 4, one that has waited for 2 ms is overtaken by who came at most 1.5 ms after it.
    expect(overtaking).toEqual({ most: 2, latestMs: 1, beyondBound: 0 });
    expect(liveness).toEqual({ deadEnds: 0, cycles: 0, fairCycles: 0 });
  });

  test('says what was never put to the test, each property by its own count', async () => {
    const { properties } = await exploreQuoted();
    const notShown = properties.filter(({ verdict }) => verdict === 'not shown').map(({ id }) => id);
    expect(notShown).toEqual([
      'nothing-swapped-for-a-lower-class',
      'steady',
      'lent',
      'grant-to-run',
      'disk-works',
      'budget-bound',
    ]);
  });

  test('hears guards say no to decisions that are nearly those taken', async () => {
    const { coverage } = await exploreQuoted();
    expect(coverage.guards.missing).toEqual([
      'attempts-exhausted false',
      'attempts-exhausted true',
      'holds-live false',
      'holds-live true',
      'is-empty true',
      'leaves-others false',
      'leaves-others true',
      'leaves-it-empty true',
      'placed-from-this-entry false',
    ]);
  });

  test('is the same whoever expands its states', async () => {
    const { seconds: _, statesPerSecond: __, ...alone } = await exploreQuoted();
    const { seconds: ___, statesPerSecond: ____, ...together } = await explore({}, 'xx', 2);
    expect(together).toEqual(alone);
  });

  test('holds for the model by itself, whatever the rules permit', async () => {
    const { states, violations, liveness, overtaking } = await explore({}, null);
    expect(violations).toEqual([]);
    expect(overtaking).toEqual({ most: 2, latestMs: 1, beyondBound: 0 });
    expect(liveness).toEqual({ deadEnds: 0, cycles: 0, fairCycles: 0 });
    expect(states).toBeGreaterThan(3764);
  });
});

describe('a scheduler that decides by more than its state', () => {
  test('is accepted where only time that it has not seen would make it wrong', async () => {
    const out = ['--out', directory, '--workers', '1'];
    const { code } = await ask(main, 'check', '--scheduler', 'bills-lost-work', '--invocations', '2', ...out);
    expect(code).toBe(0);
  });

  test('is not passed off as one that draws samples, where it fails only in the midst', async () => {
    const out = ['--out', directory, '--workers', '1'];
    const asked = await ask(main, 'check', '--scheduler', 'old-age-beats-class', ...out);
    expect(asked.code).toBe(1);
    expect(asked.out.replace(/\s+/g, ' ')).toContain('or decide by something that is not part of a state');
  });

  test('is said to be one, where it does not do again what it did wrong', async () => {
    const xx = createXX();
    let steps = 0;
    const forgetsOnce: Explorable = {
      reset: (configuration) => xx.reset(configuration),
      load: (snapshot) => xx.load(snapshot),
      step: (at, stimulus) => (++steps === 40 ? [] : xx.step(at, stimulus)),
    };
    const expander = new SchedulerExpander(QUOTED_INSTANCE, forgetsOnce, new Choices());
    const exploration = search(expander, { goOn: async () => true });
    await expect(exploration).rejects.toThrow(InputError);
    await expect(exploration).rejects.toThrow(/decides by more than the state that it is put into/);
  });
});

describe('choices', () => {
  test('are all explored where a shard or a dispatcher polls some of many', async () => {
    const all = await explore({ invocations: 2, shards: 2, kShards: 2 });
    const some = await explore({ invocations: 2, shards: 2, kShards: 1, kMachines: 1 });
    const permitted = await explore({ invocations: 2, shards: 2, kShards: 1, kMachines: 1 }, null);
    expect(some.violations).toEqual([]);
    expect(some.states).toBeGreaterThan(all.states);
    expect(permitted.states).toBeGreaterThanOrEqual(some.states);
  });
});

describe('exploration', () => {
  const instances = fc.record({
    invocations: fc.integer({ min: 1, max: 2 }),
    machines: fc.integer({ min: 1, max: 2 }),
    cores: fc.integer({ min: 1, max: 2 }),
    ram: fc.integer({ min: 1, max: 3 }),
    swap: fc.nat(2),
    maxDemand: fc.integer({ min: 1, max: 3 }),
    maxAge: fc.nat(2),
    enter: fc.integer({ min: 1, max: 2 }),
    leave: fc.nat(1),
    memoryDrift: fc.integer({ min: 1, max: 2 }),
    functionsDrift: fc.integer({ min: 1, max: 2 }),
    calls: fc.boolean(),
  });

  property.prop([instances], { numRuns: 15 })(
    'finds the states that a search finds which packs nothing and plays every path from the start',
    async (sizes) => {
      const instance = { ...QUOTED_INSTANCE, ...sizes, kMachines: sizes.machines };
      const { states, depth } = await explore(instance);
      expect({ states, depth }).toEqual(naiveSearch(instance));
    },
  );

  test('finds a wrong policy at the shortest, as a trace that the judge refuses for the same reason', async () => {
    const { counterexample } = await exploreWrong({ chooseHead: (heads) => heads.at(-1)!.class });
    expect(counterexample?.wrong.rule).toBe('place-greatest');
    expect(counterexample?.steps.map(({ stimulus }) => stimulus.type)).toEqual([
      'boot',
      'submit',
      'submit',
      'turn',
    ]);
  });

  test('remakes the way to what is wrong also where samples are drawn on it', async () => {
    const instance = { ...QUOTED_INSTANCE, machines: 3, kMachines: 2, enter: 9, leave: 9, maxAge: 1 };
    const { counterexample } = await exploreWrong({ choosePolled: (_state, polled) => polled[0]! }, instance);
    expect(counterexample?.wrong.rule).toBe('place-least-loaded');
    const judge = new Judge(configurationOf(instance));
    const verdicts = counterexample!.steps.map(({ at, stimulus, decisions }) =>
      judge.step(at, stimulus, decisions),
    );
    expect(verdicts.pop()?.rule).toBe('place-least-loaded');
    expect(verdicts.filter((verdict) => verdict !== null)).toEqual([]);
  });

  test('finds a rule broken only under memory pressure', async () => {
    const { counterexample } = await exploreWrong(
      {
        pageOutOrder(state, machine, slots) {
          referencePolicies.pageOutOrder(state, machine, slots);
          slots.reverse();
        },
      },
      { invocations: 3, machines: 1, kMachines: 1, ram: 3 },
    );
    expect(counterexample?.wrong.rule).toBe('page-out-lowest');
  });
});

describe('xx check', () => {
  test('tells the engine only what it understands', () => {
    const understood = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
    for (const flag of ENGINE_FLAGS) expect(understood).toContain(`${flag.replace(/=.*/, '')} (`);
  });

  test('answers with one JSON object that has all that the contract names', async () => {
    const { code, out, err } = await ask(main, 'check', '--invocations', '2', '--workers', '1', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ complete: true, violations: [], depth: expect.any(Number) });
  });

  test('says in words what was explored', async () => {
    const { out } = await ask(main, 'check', '--model', '--invocations', '2', '--no-calls', '--workers', '1');
    expect(out).toContain('every invocation ends');
    expect(out.replaceAll('\n', ' ')).toContain(
      'a waiting invocation is overtaken at most once, by ones that arrived up to 1 ms later',
    );
    expect(out).toContain('Explored completely');
  });

  test('writes the shortest counterexample of a wrong scheduler and its trace, which the judge refuses for the same reason', async () => {
    const wrong = ['--scheduler', 'lifo-within-a-class', '--workers', '1', '--out', directory];
    const { code, out } = await ask(main, 'check', ...wrong, '--json');
    expect(code).toBe(1);
    const [{ rule, length, file, trace }] = JSON.parse(out).violations;
    expect({ rule, length }).toEqual({ rule: 'preempt-outranked', length: 7 });
    const judged = await ask(main, 'judge', trace, '--json');
    expect(JSON.parse(judged.out).violation).toMatchObject({ rule, step: length });
    const replayed = await ask(main, 'run', file, '--scheduler', 'lifo-within-a-class', '--judge');
    expect(replayed.err.replaceAll(/\s+/g, ' ')).toContain(`is refused by ${rule}`);
    const again = await ask(main, 'replay', file, '--json');
    expect({ code: again.code, ...JSON.parse(again.out) }).toMatchObject({
      code: 1,
      results: [{ file, scheduler: 'lifo-within-a-class', reproduced: true, rule, step: length }],
    });
    const mended = await ask(main, 'replay', file, '--scheduler', 'xx');
    expect(mended.code).toBe(4);
    expect(mended.out).toMatch(/no longer happens\s+with xx/);
  });

  test('writes a record as a campaign does, under the same name, which says what was explored', async () => {
    const { violations } = await explore({}, 'lifo-within-a-class');
    const [{ file, seed }] = violations as [CheckSummary['violations'][number]];
    const record = readRecord(readFileSync(file, 'utf8'));
    expect(basename(file)).toBe(`${record.property}-${record.fingerprint}.json`);
    expect(record.origin).toMatchObject({ instance: QUOTED_INSTANCE });
    expect({ scheduler: record.scheduler, seed }).toEqual({ scheduler: 'lifo-within-a-class', seed: 0 });
  });

  test('keeps the first seed with which a scheduler fails again', () => {
    const xx = createXX();
    let seed = 0;
    const lucky: Scheduler = {
      name: 'lucky',
      reset(config) {
        seed = config.seed;
        xx.reset(config);
      },
      step: (at, stimulus) => (seed >= 7 && stimulus.type === 'submit' ? [] : xx.step(at, stimulus)),
    };
    const submit = { type: 'submit', id: 0, tenant: 0, function: 'f', class: 0, shard: 0 } as const;
    const steps: Step[] = [
      { at: 0, stimulus: { type: 'boot' }, decisions: [] },
      { at: 0, stimulus: submit, decisions: [] },
    ];
    const explored = {
      instance: QUOTED_INSTANCE,
      scheduler: 'lucky',
      contestant: { scheduler: lucky },
      asked: EVERYTHING,
    };
    const record = recordOfExploration(steps, 'answered', explored);
    expect(record).toMatchObject({ property: 'answered', step: 2, scenario: { config: { seed: 7 } } });
    expect(recordOfExploration(steps, 'kill-iff', explored)).toBeNull();
  });

  test('says it where no seed does, and leaves the scenario and the trace', () => {
    const boot: Step = { at: 0, stimulus: { type: 'boot' }, decisions: [] };
    const subject = { instance: QUOTED_INSTANCE, scheduler: 'xx', properties: [], out: directory };
    const kept = keep(subject, 'kill-iff', [boot]);
    expect(kept.file).toMatch(/kill-iff-[0-9a-f]{8}\.scenario\.jsonl$/);
    expect(readFileSync(kept.trace, 'utf8')).toBe(
      traceText({ config: configurationOf(QUOTED_INSTANCE), steps: [boot] }),
    );
    const text = explorationText({
      ...NOTHING,
      violations: [{ rule: 'kill-iff', length: 1, falls: [], message: 'm', ...kept }],
    });
    expect(text.replaceAll(/\s+/g, ' ')).toContain('does not fail in this way with any seed from 0 to 255');
    expect(keep({ ...subject, scheduler: null }, 'kill-iff', [boot])).toEqual(kept);
  });

  test('says what it found in lines of at most 80 columns', async () => {
    const wrong = ['--scheduler', 'lifo-within-a-class', '--workers', '1', '--out', directory];
    const { out } = await ask(main, 'check', ...wrong);
    expect(linesTooWide(out)).toEqual([]);
    expect(out).toContain('An invocation is preempted only if it runs and is not in the will-run set.');
  });

  test('counts the steps of a violation along its trace', async () => {
    const wrong = [
      '--scheduler',
      'kills-the-largest',
      '--machines',
      '1',
      '--workers',
      '1',
      '--out',
      directory,
    ];
    const { out } = await ask(main, 'check', ...wrong, '--json');
    const [{ length, message }] = JSON.parse(out).violations;
    expect(message).toMatch(new RegExp(`^step ${length}\\b`));
  });

  test.each(['1', '2'])(
    'refuses a scheduler that draws its own samples, on %s threads: not all would be tried',
    async (workers) => {
      const polls = ['--scheduler', 'polls-with-replacement', '--machines', '3', '--k-machines', '2'];
      const unlisted = ['--enter', '9', '--leave', '9', '--workers', workers, '--out', directory];
      const { code, err } = await ask(main, 'check', ...polls, ...unlisted);
      expect(code).toBe(2);
      expect(err).toBe(
        'xx: the scheduler draws its own samples, so not every sample can be tried; let it poll all ' +
          '(--k-machines as many as --machines, --k-shards as many as --shards), or try xx fuzz\n',
      );
    },
  );

  test.each([
    [['--machines', '1000000000'], '--machines: expected at most 10000, got 1000000000, or try xx fuzz'],
    [['--leave', '3'], '--leave: expected at most --enter (2), got 3'],
    [['--k-machines', '3'], '--k-machines: expected at most --machines (2), got 3'],
    [['--k-shards', '2'], '--k-shards: expected at most --shards (1), got 2'],
    [['--prices', '4,1'], '--prices: expected prices from 1 up, strictly increasing, got 4,1'],
    [
      ['--max-demand', '1000000'],
      'the instance is too large to be explored: a state needs 52 bits, and there are 32; lower --invocations, ' +
        '--machines, --shards, --max-demand, --max-age, --ram or --prices',
    ],
  ])('says by its options what cannot be explored: %j', async (options, message) => {
    const { code, err } = await ask(main, 'check', ...options);
    expect(code).toBe(2);
    expect(err).toBe(`xx: ${message}\n`);
  });

  test.each([
    ['--ram', '0'],
    ['--prices', '4,1'],
    ['--prices', 'cheap'],
    ['--leave', '9'],
    ['--max-demand', '9007199254740991'],
    ['--scheduler', 'nobody'],
  ])('refuses %s %s in one line', async (option, value) => {
    const { code, err } = await ask(main, 'check', option, value);
    expect(code).toBe(2);
    expect(err).toMatch(/^xx: [^\n]+\n$/);
  });
});
