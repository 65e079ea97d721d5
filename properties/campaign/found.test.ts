import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { main } from '../commands/main.ts';
import { recordOfViolation } from '../records/from-violation.ts';
import { keepRecord } from '../records/keep.ts';
import { countsOf, fileOfReport, identityOf, reportFileText } from '../reports/report-file.ts';
import { reportFor } from '../reports/reporter.ts';
import { ask } from '../testing/command-line.ts';
import { BLOCK } from './block.ts';
import { type CampaignOptions, type CampaignViolation, runCampaign } from './campaign.ts';
import { judgedProperties, summarize } from './summary.ts';

/** The reference, but for some of its answers, which are empty; `which` counts those that are not by themselves. */
function silentIn(which: (answer: number) => boolean): Scheduler {
  const xx = createXX();
  let answers = 0;
  return {
    name: 'silent at times',
    reset: (config) => xx.reset(config),
    step(at, stimulus) {
      const decisions = xx.step(at, stimulus);
      return decisions.length > 0 && which(++answers) ? [] : decisions;
    },
  };
}

/** The reference, but for some impossible stimuli, which it accepts; `which` counts them. */
function acceptsImpossible(which: (time: number) => boolean): Scheduler {
  const xx = createXX();
  let times = 0;
  return {
    name: 'accepts at times',
    reset: (config) => xx.reset(config),
    step(at, stimulus) {
      try {
        return xx.step(at, stimulus);
      } catch (error) {
        if (which(++times)) return [];
        throw error;
      }
    },
  };
}

/** The reference, but for the first answer after some resets, which is empty; `which` counts resets. */
function silentAfterReset(which: (reset: number) => boolean): Scheduler {
  const xx = createXX();
  let resets = 0;
  let isFirst = false;
  return {
    name: 'silent after resets',
    reset(config) {
      resets++;
      isFirst = true;
      xx.reset(config);
    },
    step(at, stimulus) {
      const decisions = xx.step(at, stimulus);
      const isSilent = decisions.length > 0 && isFirst && which(resets);
      if (decisions.length > 0) isFirst = false;
      return isSilent ? [] : decisions;
    },
  };
}

const campaign = (scheduler: Scheduler, more: Partial<CampaignOptions> = {}) =>
  runCampaign({
    contestant: { scheduler },
    seed: 5,
    size: 'medium',
    wanted: (runs) => 4 * BLOCK - runs,
    properties: [],
    onProgress() {},
    ...more,
  });

describe('what a campaign has found', () => {
  test('is told at once as it is, before the shortest scenario is sought', async () => {
    const told: CampaignViolation[] = [];
    const onFound = (violation: CampaignViolation) => {
      told.push(violation);
      return () => false;
    };
    const { violations } = await campaign(
      silentIn((answer) => answer % 100 === 0),
      { onFound },
    );
    expect(told).toHaveLength(1);
    expect(told[0]!.scenario.stimuli).toHaveLength(violations[0]!.stepsBeforeShrinking);
  });

  test('is kept as short as it is when time is up', async () => {
    const always = () => silentIn(() => true);
    const inTime = (await campaign(always())).violations[0]!;
    const upAtOnce = (await campaign(always(), { onFound: () => () => true })).violations[0]!;
    expect([inTime.cutShort, upAtOnce.cutShort]).toEqual([false, true]);
    expect(inTime.scenario.stimuli.length).toBeLessThanOrEqual(upAtOnce.scenario.stimuli.length);
  });

  test('and does not come again is no counterexample: the scheduler does not do the same twice', async () => {
    const result = await campaign(silentIn((answer) => answer === 700));
    const [violation] = result.violations;
    expect(violation).toMatchObject({
      onlyOnce: true,
      finding: {
        property: 'determinism',
        message: expect.stringMatching(
          /^failed once, and not when the same scenario was played again: \S+: /,
        ),
      },
    });
    const summary = summarize(result, {
      ...{ scheduler: 'mine', seed: 5, seconds: 1, properties: judgedProperties([]) },
      ...{ hasTwin: false, files: ['found.json'], interrupted: false },
    });
    expect(summary.verdict).toBe('nondeterministic');
    const reported = { summary, violations: result.violations, corpus: null, missed: [], setAside: [] };
    const inWords = (reporter: Parameters<typeof reportFor>[0]) =>
      reportFor(reporter, { ...reported, flags: '--exec mine' }).replaceAll(/\s+/g, ' ');
    expect(inWords('human')).toMatch(/The scenario in which it failed.*Nondeterministic: a run failed once/);
    expect(JSON.parse(inWords('json')).properties).toContainEqual(
      expect.objectContaining({ id: 'determinism', verdict: 'violated' }),
    );
    expect(inWords('junit')).toMatch(/name="determinism: [^>]*> <failure message="failed once, and not when/);
    expect(inWords('github')).toContain('title=determinism is violated::');
  });

  test('comes before all that was not reached, of which only the number is said', async () => {
    const result = await campaign(silentIn(() => true));
    const summary = summarize(result, {
      ...{ scheduler: 'mine', seed: 5, seconds: 1, properties: judgedProperties([]) },
      ...{ hasTwin: false, files: ['found.json'], interrupted: false },
    });
    const reported = { summary, violations: result.violations, corpus: null, missed: [], setAside: [] };
    const lines = reportFor('human', { ...reported, flags: '--exec mine' }).split('\n');
    const { property } = result.violations[0]!.finding;
    expect(lines[0]).toContain(`${property} is violated`);
    const rows = lines.filter((line) => /│/.test(line));
    expect(rows.join()).toContain(property);
    expect(rows.filter((row) => row.includes('not shown'))).toEqual([]);
    expect(lines.join(' ')).toMatch(/\d+ properties: the campaign ended first, with a violation/);
  });

  test('once stays what failed once when reports are merged', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'xx-found-'));
    const result = await campaign(silentIn((answer) => answer === 700));
    const record = recordOfViolation(result.violations[0]!, { scheduler: 'mine', seed: 5 });
    const found = [basename(keepRecord(directory, record))];
    const counts = countsOf(result.tally);
    const part = {
      shard: 1,
      runs: 1,
      steps: 1,
      seconds: 1,
      interrupted: false,
      endedEarly: 0,
      counts,
      found,
    };
    const how = {
      scheduler: 'mine',
      seed: 5,
      size: 'medium',
      properties: [],
      goals: [],
      runsAsked: 1,
      of: 1,
    };
    const report = { campaign: identityOf(how), parts: [part] };
    writeFileSync(fileOfReport(directory, report), reportFileText(report));
    const merged = await ask(main, 'fuzz', 'merge', directory, '--out', join(directory, 'all'), '--json');
    rmSync(directory, { recursive: true });
    expect(JSON.parse(merged.out).verdict).toBe('nondeterministic');
    expect(merged.code).toBe(1);
  });

  // biome-ignore format: a table, a row a line
  const OF_WHOLE_RUNS: [string, (which: (time: number) => boolean) => Scheduler, (time: number) => boolean, (time: number) => boolean][] = [
    ['refuses-alike', acceptsImpossible, (time) => time === 10, () => true],
    ['determinism', silentAfterReset, (reset) => reset === 2, (reset) => reset % 2 === 0],
  ];
  test.each(OF_WHOLE_RUNS)(
    'and is of a whole run, %s, is asked again in the same way as well',
    async (property, create, once, always) => {
      for (const settle of [undefined, () => {}]) {
        const process = settle === undefined ? {} : { settle };
        const byChance = await campaign(create(once), {
          contestant: { scheduler: create(once), ...process },
        });
        expect(byChance.violations[0]).toMatchObject({
          onlyOnce: true,
          finding: {
            property: 'determinism',
            message: expect.stringMatching(new RegExp(`^failed once, .*: ${property}: `)),
          },
        });
        const [real] = (
          await campaign(create(always), { contestant: { scheduler: create(always), ...process } })
        ).violations;
        expect(real).toMatchObject({ finding: { property } });
        expect(real!.onlyOnce).toBeUndefined();
      }
    },
  );

  test('and comes again is what it is', async () => {
    const { violations } = await campaign(silentIn(() => true));
    expect(violations[0]!.onlyOnce).toBeUndefined();
    expect(violations[0]!.finding.property).not.toBe('determinism');
  });
});
