import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Stimulus } from '../../model/alphabet.ts';
import { InputError } from '../../model/input-error.ts';
import {
  antagonist,
  boot,
  call,
  cluster,
  HIGH,
  LOW,
  resize,
  submit,
  tick,
  turn,
} from '../../model/testing.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { main } from '../commands/main.ts';
import { EVERYTHING } from '../play/asked.ts';
import { Referee } from '../play/referee.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { describeScheduler } from '../suite/index.ts';
import { scrutinise } from '../suite/scrutinise.ts';
import { ask } from '../testing/command-line.ts';
import { type Goal, objectionToGoals } from './goal.ts';
import { loadGoals } from './load.ts';
import type { GoalState } from './view.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-goals-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function written(name: string, text: string): string {
  const file = join(home, name);
  writeFileSync(file, text);
  return file;
}

const ticks: Goal = { name: 'a tick', met: (_state, { stimulus }) => stimulus.type === 'tick' };
const never: Goal = {
  name: 'a machine of a thousand cores',
  met: ({ machines }) => machines.some(({ cores }) => cores > 999),
};

/** How often goals are met by steps of the reference. */
function counted(goals: readonly Goal[], ...stimuli: readonly Stimulus[]): number[] {
  const tally = emptyCampaignTally();
  const referee = new Referee(cluster(), createXX(), tally, EVERYTHING, goals);
  for (const stimulus of [boot, ...stimuli]) expect(referee.play(0, stimulus)).toBeNull();
  return tally.goals;
}

describe('a goal', () => {
  test('is counted for every step that comes to it', () => {
    expect(counted([never, ticks], tick, submit(1, LOW), tick)).toEqual([0, 2]);
    expect(counted([never, ticks], submit(1, LOW))).toEqual([0, 0]);
  });

  test('sees the state after the step, in plain objects and words', () => {
    const seen: GoalState[] = [];
    const met: Goal['met'] = (state) => {
      seen.push({
        ...{ now: state.now, config: state.config, machines: state.machines, tenants: state.tenants },
        ...{ invocations: state.invocations, shards: state.shards, invocation: (id) => state.invocation(id) },
      });
      return true;
    };
    counted(
      [{ name: 'sees', met }],
      ...[submit(1, LOW), turn(), resize(1, 4), submit(3, HIGH), call(1, 2, LOW), antagonist(0, 3)],
    );
    const last = seen.at(-1)!;
    expect(last.machines).toMatchObject([
      { id: 0, cores: 1, ram: 10, antagonist: 3, availability: 'up', demand: 4, running: 0, entry: null },
    ]);
    expect(last.machines[0]!.live).toMatchObject([
      { id: 1, phase: 'blocked', callee: 2, machine: 0, attempt: 1 },
    ]);
    expect(last.invocations.map(({ id, phase }) => [id, phase])).toEqual([
      [1, 'blocked'],
      [2, 'queued'],
      [3, 'queued'],
    ]);
    expect(last.shards).toEqual([{ queues: [[2], [], [3]], listed: [] }]);
    expect(last.tenants).toEqual([{ budget: null, spent: 0 }]);
    expect(last.invocation(9)).toBeUndefined();
  });

  test('that throws, or answers neither true nor false, is bad input of one line', () => {
    const throws = () => {
      throw new Error('no\nway');
    };
    expect(() => counted([{ name: 'bad', met: throws }], tick)).toThrow(
      new InputError('the goal "bad" threw Error: no; met must not throw'),
    );
    const answers = (() => 5) as unknown as Goal['met'];
    expect(() => counted([{ name: 'bad', met: answers }], tick)).toThrow(
      new InputError('the goal "bad" answered 5; met must answer true or false'),
    );
  });

  test.each([
    [5, 'goals is number, and must be a list of { name, met }'],
    [[null], 'goals[0].name is undefined'],
    [[{ name: '', met() {} }], 'goals[0].name is ""'],
    [[{ name: 'one' }], 'goals[0].met ("one") is undefined'],
    [[ticks, ticks], 'goals[1].name is "a tick", which is also the name of another goal'],
  ])('is none when it is %j', (goals, objection) => {
    expect(objectionToGoals(goals)).toContain(objection);
  });

  test('is one with a name and a predicate', () => {
    expect(objectionToGoals([ticks, never])).toBeNull();
    expect(objectionToGoals([])).toBeNull();
  });
});

describe('a suite', () => {
  const how = { runs: 50, seed: 1, size: 'small', properties: [], counterexamples: null } as const;

  test('counts how often its goals are met', async () => {
    const contestant = { scheduler: createXX(), goals: [never, ticks] };
    const { goalsMet, broken } = await scrutinise({ ...how, contestant });
    expect(broken).toBeNull();
    expect(goalsMet[0]).toBe(0);
    expect(goalsMet[1]).toBeGreaterThan(0);
  });

  test('takes no goals that are none', () => {
    expect(() => describeScheduler(() => createXX(), { goals: [ticks, ticks] })).toThrow(
      /^describeScheduler: goals\[1\]/,
    );
  });
});

describe('a module of goals', () => {
  test('is loaded, and refused in one line when it is none', async () => {
    const good = written('good.mjs', 'export const goals = [{ name: "x", met: () => true }];');
    expect((await loadGoals(good)).map(({ name }) => name)).toEqual(['x']);
    const refused: [string, RegExp][] = [
      [written('torn.mjs', 'export const goals = ['), /cannot be loaded as a module: /],
      [written('thrower.mjs', 'throw new Error("no")'), /cannot be loaded as a module: Error: no$/],
      [written('none.mjs', 'export const goal = 5;'), /it exports no goals/],
      [written('half.mjs', 'export const goals = [{ name: "x" }];'), /goals\[0\]\.met \("x"\) is undefined/],
      [join(home, 'nowhere.mjs'), /there is no such file$/],
    ];
    for (const [file, message] of refused) {
      await expect(loadGoals(file)).rejects.toThrow(InputError);
      await expect(loadGoals(file)).rejects.toThrow(message);
    }
  });
});

describe('xx fuzz --goals', () => {
  const fuzz = (...args: string[]) => ask(main, 'fuzz', '--seed', '1', '--out', join(home, 'out'), ...args);

  test('comes to those of the documentation, and says so', async () => {
    const { code, out } = await fuzz('--runs', '600', '--goals', 'docs/examples/goals.mjs', '--json');
    const { verdict, coverage } = JSON.parse(out);
    expect({ code, verdict, goals: coverage.goals }).toEqual({
      code: 0,
      verdict: 'accepted',
      goals: { covered: 3, total: 3, missing: [] },
    });
  });

  const unmet = written(
    'unmet.mjs',
    'export const goals = [{ name: "a tick", met: (_, { stimulus }) => stimulus.type === "tick" }, { name: "pigs fly", met: () => false }];',
  );

  test.each([['1'], ['2']])('fails for one that is never met, with %s threads', async (workers) => {
    const { code, out } = await fuzz('--runs', '600', '--workers', workers, '--goals', unmet, '--json');
    const { verdict, coverage } = JSON.parse(out);
    expect({ code, verdict, goals: coverage.goals }).toEqual({
      code: 1,
      verdict: 'untested',
      goals: { covered: 1, total: 2, missing: ['pigs fly'] },
    });
  });

  test('names what was never met, in words, as JUnit, and when shards are united', async () => {
    const human = await fuzz('--runs', '600', '--goals', unmet);
    expect(human.out).toContain('goals: 1 of 2');
    expect(human.out).toContain('never met: pigs fly');
    expect(human.out).toContain('goals never met: pigs fly');
    const junit = await fuzz('--runs', '100', '--goals', unmet, '--reporter', 'junit');
    expect(junit.out).toContain('never met in 100 runs: pigs fly');
    const shard = join(home, 'shard');
    for (const which of ['1/2', '2/2']) {
      await fuzz('--runs', '600', '--goals', unmet, '--shard', which, '--out', shard);
    }
    const merged = await ask(main, 'fuzz', 'merge', shard, '--out', join(home, 'all'), '--json');
    expect(merged.code).toBe(1);
    expect(JSON.parse(merged.out).coverage.goals.missing).toEqual(['pigs fly']);
  });

  test.each([['1'], ['2']])(
    'refuses what throws, in one line and without a stack, with %s threads',
    async (workers) => {
      const file = written(
        'rude.mjs',
        'export const goals = [{ name: "rude", met() { throw new TypeError("no"); } }];',
      );
      const { code, err } = await fuzz('--runs', '100', '--workers', workers, '--goals', file);
      expect(code).toBe(2);
      expect(err.trim()).toBe('xx: the goal "rude" threw TypeError: no; met must not throw');
    },
  );

  test('refuses a file that is none', async () => {
    const { code, err } = await fuzz('--runs', '100', '--goals', join(home, 'nowhere.mjs'));
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toEqual([
      `xx: --goals: ${join(home, 'nowhere.mjs')}: there is no such file`,
    ]);
  });
});

describe('boundaries in a report', () => {
  test('are counted, named where they were never met, and asked for by --min-coverage', async () => {
    const { code, out, err } = await ask(
      ...([main, 'fuzz', '--runs', '60', '--seed', '1', '--min-coverage', 'boundaries=100'] as const),
    );
    expect(code).toBe(1);
    expect(out).toMatch(/boundaries: \d+ of\s+\d+/);
    expect(out).toMatch(/never met: [a-z-]+: (one less|equal|one more)/);
    expect(err).toMatch(/boundaries: \d+ of \d+ covered/);
  });
});
