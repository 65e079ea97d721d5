import { describe, expect, test } from 'vitest';
import { type Decision, PART_IDS, type PartId, type TimedStimulus } from '../model/alphabet.ts';
import { partOf, withImplied } from '../model/parts.ts';
import type { Scheduler } from '../reference-impl/scheduler.ts';
import { createXX } from '../reference-impl/xx/xx.ts';
import { runCampaign } from './campaign/campaign.ts';
import { reportText } from './campaign/report.ts';
import { judgedProperties, summarize } from './campaign/summary.ts';
import { createScheduler } from './contestants/schedulers.ts';
import { partIds, restingOn, whyNotApplicable } from './parts.ts';
import { githubText } from './reports/github.ts';
import { junitText } from './reports/junit.ts';

async function campaign(scheduler: Scheduler, without: readonly PartId[], runs: number) {
  return runCampaign({
    contestant: { scheduler },
    seed: 1,
    size: 'medium',
    properties: [],
    without,
    shrink: false,
    wanted: (begun) => runs - begun,
    onProgress: () => {},
  });
}

/** The reference, with a note of everything that it was asked and has decided. */
function noting(): { scheduler: Scheduler; asked: TimedStimulus[]; decided: Decision[]; swap: number[] } {
  const xx = createXX();
  const [asked, decided, swap]: [TimedStimulus[], Decision[], number[]] = [[], [], []];
  const scheduler: Scheduler = {
    name: 'xx',
    reset: (config) => {
      swap.push(...config.machines.map((machine) => machine.swap));
      xx.reset(config);
    },
    step(at, stimulus) {
      asked.push({ at, stimulus });
      const decisions = xx.step(at, stimulus);
      decided.push(...decisions);
      return decisions;
    },
  };
  return { scheduler, asked, decided, swap };
}

describe('a campaign without a part', () => {
  test.each([...PART_IDS.map((id) => [id]), [...PART_IDS]])(
    'has nothing of it, and XX passes: %s',
    async (...ids) => {
      const without = withImplied(ids);
      const { scheduler, asked, decided, swap } = noting();
      const { violations, without: said, tally } = await campaign(scheduler, without, 60);
      expect(violations).toEqual([]);
      expect(said).toEqual(without);
      const stimuli = new Set(asked.map(({ stimulus }) => stimulus.type));
      const decisions = new Set(decided.map(({ type }) => type));
      for (const part of without.map(partOf)) {
        expect(part.stimuli.filter((type) => stimuli.has(type))).toEqual([]);
        expect(part.decisions.filter((type) => decisions.has(type))).toEqual([]);
      }
      if (without.includes('swap')) expect(Math.max(...swap)).toBe(0);
      if (without.includes('overflow')) expect(Math.max(...asked.map(({ at }) => at))).toBeLessThan(2 ** 31);
      expect(stimuli.has('resize')).toBe(true);
      expect(tally.endedEarly).toBe(0);
    },
  );

  test('judges all the rest: with every part there is more of each', async () => {
    const { scheduler, asked, decided, swap } = noting();
    await campaign(scheduler, [], 60);
    const types = new Set([
      ...asked.map(({ stimulus }) => stimulus.type),
      ...decided.map(({ type }) => type),
    ]);
    for (const { stimuli, decisions } of PART_IDS.map(partOf)) {
      expect([...stimuli, ...decisions].filter((type) => !types.has(type))).toEqual([]);
    }
    expect(Math.max(...swap)).toBeGreaterThan(0);
    expect(Math.max(...asked.map(({ at }) => at))).toBeGreaterThan(2 ** 31);
  });
});

/** Wrong schedulers, and parts whose absence does not hide what is wrong with them. */
const STILL_FOUND: readonly [string, readonly PartId[]][] = [
  ['never-preempts', PART_IDS],
  ['crashes-are-final', PART_IDS.filter((id) => id !== 'faults')],
  ['no-inheritance', PART_IDS.filter((id) => id !== 'calls')],
  ['counts-swapped-memory-as-free', ['calls', 'budgets', 'faults', 'shrink']],
  ['takes-an-id-twice', PART_IDS],
];

/** Wrong schedulers, and the part without which nothing is wrong with them. */
const HIDDEN: readonly [string, PartId][] = [
  ['no-inheritance', 'calls'],
  ['crashes-are-final', 'faults'],
  ['counts-swapped-memory-as-free', 'idle-lists'],
];

describe('a wrong scheduler', () => {
  test.each(STILL_FOUND)('is found, whatever else is left out: %s without %s', async (name, parts) => {
    for (const without of [...parts.map((id) => [id]), [...parts]]) {
      const { violations } = await campaign(createScheduler(name), withImplied(without), 600);
      expect(violations, `${name} without ${without}`).toHaveLength(1);
      expect(whyNotApplicable(violations[0]!.finding.property, without)).toBeNull();
      expect(violations[0]!.scenario.config.without).toEqual(withImplied(without));
    }
  });

  test.each(HIDDEN)(
    'passes where the part is left out that it gets wrong: %s without %s',
    async (name, part) => {
      const { violations } = await campaign(createScheduler(name), [part], 100);
      expect(violations).toEqual([]);
    },
  );

  test('is not let off for what it decides of a part that it says it lacks', async () => {
    const lists: Decision = { type: 'list', machine: 0, shard: 0, available: 5, functions: 0, polled: [0] };
    const xx = createXX();
    const scheduler: Scheduler = {
      name: 'lists',
      reset: (config) => xx.reset(config),
      step: (at, stimulus) => [...xx.step(at, stimulus), ...(stimulus.type === 'boot' ? [lists] : [])],
    };
    const { violations } = await campaign(scheduler, ['idle-lists'], 1);
    expect(violations[0]?.finding).toMatchObject({ property: 'possible-decision', step: 1 });
  });
});

describe('what a report says of parts that were left out', () => {
  const report = async (without: readonly PartId[]) => {
    const result = await campaign(createXX(), without, 60);
    const summary = summarize(result, {
      ...{ scheduler: 'xx', seed: 1, seconds: 1, properties: judgedProperties([]), hasTwin: false },
      ...{ files: [], interrupted: false },
    });
    const reported = {
      summary,
      violations: [],
      corpus: null,
      missed: [],
      setAside: [],
      flags: '--scheduler xx',
    };
    return { summary, reported };
  };

  test('is which, and which properties rest on them', async () => {
    const { summary, reported } = await report(['calls', 'idle-lists']);
    expect(summary.without).toEqual(['calls', 'idle-lists']);
    const notApplicable = summary.properties.filter(({ verdict }) => verdict === 'not applicable');
    expect(notApplicable.map(({ id, why }) => [id, why])).toEqual([
      ['immer-equals-direct', 'there is no second way to run this scheduler'],
      ['inherit', 'it rests on calls, which the scheduler is without'],
      ['wake-caller', 'it rests on calls, which the scheduler is without'],
      ['idle-list-true', 'it rests on idle-lists, which the scheduler is without'],
    ]);
    const notTried = 'Not tried, since the scheduler is without: calls, idle-lists.';
    expect(reportText(summary, [], '--scheduler xx')).toContain(notTried);
    expect(githubText(reported)).toContain(`::notice title=a part of XX::${notTried}`);
    expect(junitText(reported)).toContain('<property name="without" value="calls idle-lists"/>');
  });

  test('is nothing where there are none', async () => {
    const { summary, reported } = await report([]);
    expect(summary.without).toEqual([]);
    expect(reportText(summary, [], '--scheduler xx')).not.toContain('Not tried');
    expect(githubText(reported)).not.toContain('notice');
    expect(junitText(reported)).not.toContain('without');
  });
});

test('parts are named exactly, and imply others', () => {
  expect(partIds(['swap'])).toEqual(['swap', 'paging']);
  expect(() => partIds(['wake-caller'])).toThrow(/wake-caller is a property.*--except wake-caller/);
  expect(() => partIds(['falts'])).toThrow(/there is no part "falts" \(did you mean faults\?\)/);
  expect(restingOn('calls')).toEqual(['inherit', 'wake-caller']);
  expect(restingOn('paging')).toEqual([
    ...['will-run-runs', 'no-thrash', 'disk-priority', 'steady', 'lent'],
    ...['grant-to-run', 'disk-works'],
  ]);
});
