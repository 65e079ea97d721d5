import { describe, expect, test } from 'vitest';
import type { Decision, KillReason, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { boot, cluster, crash, finish, HIGH, LOW, resize, submit, tick, turn } from '../../model/testing.ts';
import { createHermod } from '../../reference-impl/peers/hermod.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { type CampaignResult, runCampaign } from '../campaign/campaign.ts';
import { judgedProperties, type PropertySummary, shownOf, summarize } from '../campaign/summary.ts';
import type { PropertyId } from '../catalogue.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { askedOf } from './asked.ts';
import { playScenario } from './run.ts';
import { emptyCampaignTally, timesMet } from './tally.ts';

function scenario(config: Configuration, ...stimuli: readonly TimedStimulus['stimulus'][]): Scenario {
  return { config, stimuli: [boot, ...stimuli].map((stimulus) => ({ at: 0, stimulus })) };
}

/** A high one arrives on the one core where a low one runs. */
const arrival = scenario(cluster(), submit(0, LOW), turn(), submit(1, HIGH), turn());

function play(played: Scenario, scheduler: Scheduler, ...properties: readonly PropertyId[]) {
  const tally = emptyCampaignTally();
  const run = playScenario(played, { scheduler }, tally, { asked: askedOf(properties) });
  return { ...run, tally };
}

/** The reference, of whose decisions something else is said. */
function saying(
  name: string,
  says: (decisions: Decision[], stimulus: TimedStimulus['stimulus']) => Decision[],
) {
  const xx = createXX();
  const scheduler: Scheduler = {
    name,
    reset: (config) => xx.reset(config),
    step: (at, stimulus) => says(xx.step(at, stimulus), stimulus),
  };
  return scheduler;
}

async function campaign(scheduler: Scheduler, properties: readonly PropertyId[], runs = 200) {
  return runCampaign({
    contestant: { scheduler },
    seed: 1,
    size: 'small',
    properties,
    shrink: false,
    wanted: (begun) => runs - begun,
    onProgress: () => {},
  });
}

function shown(result: CampaignResult, properties: readonly PropertyId[]): PropertySummary[] {
  return summarize(result, {
    scheduler: 'it',
    seed: 1,
    seconds: 1,
    properties: judgedProperties(properties),
    hasTwin: false,
    files: result.violations.map(() => 'file'),
    interrupted: false,
  }).properties;
}

describe('a property that is judged alone', () => {
  test('is violated on its own evidence, by a checker or by a rule', () => {
    const inverts = createScheduler('never-preempts');
    expect(play(arrival, inverts, 'no-priority-inversion').finding).toMatchObject({
      property: 'no-priority-inversion',
      rule: null,
      step: 5,
    });
    expect(play(arrival, inverts, 'run-the-highest').finding).toMatchObject({ rule: 'run-the-highest' });
  });

  test('lets a run go on to its end, whatever else is wrong', () => {
    const {
      finding,
      scenario: played,
      tally,
    } = play(
      scenario(cluster(), submit(0, LOW), turn(), submit(1, HIGH), turn(), tick, finish(0)),
      createScheduler('never-preempts'),
      'memory-bound',
    );
    expect(finding).toBeNull();
    expect(played.stimuli).toHaveLength(7);
    expect(tally.endedEarly).toBe(0);
  });

  test('asks nothing else: Hermod keeps everybody, and lets a lower class share the core of a higher one', () => {
    expect(play(arrival, createHermod(), 'conservation').finding).toBeNull();
    expect(play(arrival, createHermod(), 'no-priority-inversion').finding).toMatchObject({
      property: 'no-priority-inversion',
      message: expect.stringContaining('2 share 1 core'),
    });
    expect(play(arrival, createHermod()).finding?.property).not.toBe('no-priority-inversion');
  });

  test('takes no part in what is left undone: an answer that never comes is a matter of those that ask for it', () => {
    const silent = saying('silent', (decisions, { type }) => (type === 'submit' ? [] : decisions));
    const unanswered = scenario(cluster(), submit(0, LOW), tick, tick);
    expect(play(unanswered, silent, 'no-priority-inversion').finding).toBeNull();
    expect(play(unanswered, silent, 'conservation').finding).toMatchObject({
      property: 'conservation',
      step: 2,
    });
    expect(play(unanswered, silent, 'answered').finding).toMatchObject({ rule: 'answered', step: 2 });
  });

  test('is seen in states that no rule would accept: over-committed RAM, over-full swap, more running than cores', () => {
    const greedy = saying('greedy', (decisions) =>
      decisions.filter(({ type }) => type !== 'kill' && type !== 'pageOut' && type !== 'preempt'),
    );
    const grows = scenario(cluster(), submit(0, LOW), turn(), resize(0, 12));
    expect(play(grows, greedy, 'memory-never-exceeds-ram-plus-swap').finding?.message).toContain(
      '12 MB are resident in 10 MB of RAM',
    );
    expect(play(grows, greedy, 'kill-iff').finding?.message).toContain('a kill is due');
  });
});

test('whoever is killed for a wrong reason has ended all the same: conservation does not ask why', () => {
  const grows = scenario(cluster(), submit(0, LOW), turn(), resize(0, 12));
  const lost = scenario(cluster({ maxAttempts: 1 }), submit(0, LOW), turn(), crash(0));
  const giving = (reason: KillReason): Scheduler =>
    saying('excuses', (decisions) => decisions.map((d) => (d.type === 'kill' ? { ...d, reason } : d)));
  expect(play(grows, giving('attempts'), 'kill-iff').finding).not.toBeNull();
  expect(play(grows, giving('attempts'), 'conservation')).toMatchObject({ finding: null });
  expect(play(lost, giving('memory'), 'admit').finding).not.toBeNull();
  expect(play(lost, giving('memory'), 'conservation')).toMatchObject({ finding: null });
});

describe('a decision that is not possible', () => {
  const twice = saying('twice', (decisions) => [...decisions, ...decisions]);

  test('ends the run whatever is asked, and is no finding of what is asked', () => {
    const { finding, tally } = play(arrival, twice, 'memory-bound');
    expect(finding).toMatchObject({ property: 'possible-decision', step: 2 });
    expect(tally.endedEarly).toBe(1);
  });

  test('is what a campaign reports if nothing that is asked is found in any other run', async () => {
    const result = await campaign(twice, ['memory-bound'], 60);
    expect(result.runs).toBe(60);
    expect(result.violations.map(({ finding }) => finding.property)).toEqual(['possible-decision']);
    expect(shown(result, ['memory-bound']).map(({ id, verdict }) => [id, verdict])).toEqual([
      ['memory-bound', 'not shown'],
      ['possible-decision', 'violated'],
    ]);
  });

  test('ends its run and not the campaign, and the reason why another property is not shown says so', async () => {
    const result = await campaign(
      saying('now-and-then', (decisions, { type }) =>
        type === 'restart' ? [...decisions, { type: 'start', id: 0 }] : decisions,
      ),
      ['admit'],
    );
    const { endedEarly } = result.tally;
    expect(result.runs).toBe(200);
    expect(shown(result, ['admit'])[0]).toMatchObject({
      verdict: 'not shown',
      why: `${endedEarly} of 200 runs could not be played to their end`,
    });
    expect(2 * endedEarly).toBeLessThan(200);
  });

  test('does not hide what is asked: runs that it does not end are looked at', async () => {
    const sometimes = saying('sometimes', (decisions, { type }) =>
      type === 'restart'
        ? [...decisions, ...decisions, { type: 'start', id: 0 }]
        : decisions.filter((d) => d.type !== 'preempt'),
    );
    const { violations } = await campaign(sometimes, ['no-priority-inversion']);
    expect(violations.map(({ finding }) => finding.property)).toEqual(['no-priority-inversion']);
  });
});

describe('where everything is asked', () => {
  test('what falls with the rule that refuses a step is said, and is violated too', async () => {
    const { finding } = play(arrival, createScheduler('never-preempts'));
    expect(finding).toMatchObject({
      property: 'run-the-highest',
      falls: [{ property: 'no-priority-inversion' }],
      message: expect.stringMatching(/; also violated: no priority inversion$/),
    });
    const result = await campaign(createScheduler('never-preempts'), []);
    const [found] = result.violations;
    const { property, falls } = found!.finding;
    const violated = shown(result, []).filter(({ verdict }) => verdict === 'violated');
    expect(new Set(violated.map(({ id }) => id))).toEqual(
      new Set([property, ...falls.map((fallen) => fallen.property)]),
    );
  });

  test('nothing else is shown by a campaign that ended with a violation', async () => {
    const result = await campaign(createScheduler('never-preempts'), []);
    const others = shown(result, []).filter(({ verdict }) => verdict !== 'violated');
    expect(others.length).toBeGreaterThan(20);
    expect(others.map(({ verdict }) => verdict)).not.toContain('holds');
    expect(others.every(({ why }) => why !== null)).toBe(true);
  });

  test('a premise that was met makes a property hold in a campaign that went to its end, and none else', async () => {
    const result = await campaign(createXX(), [], 60);
    const all = shown(result, []);
    expect(all.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThan(20);
    for (const { id, met, verdict } of all) {
      if (id === 'immer-equals-direct') expect(verdict).toBe('not applicable');
      else expect(verdict).toBe(met > 0 ? 'holds' : 'not shown');
      expect(met).toBe(timesMet(result.tally, id));
    }
    const mostEnded = { ...result, tally: { ...result.tally, endedEarly: 31 } };
    expect(new Set(shown(mostEnded, ['admit']).map(({ verdict }) => verdict))).toEqual(
      new Set(['not shown']),
    );
  });

  test('nothing holds in a campaign that was interrupted, or of which shards are missing', async () => {
    const result = await campaign(createXX(), ['admit'], 60);
    const met = timesMet(result.tally, 'admit');
    const how = { hasTwin: false, interrupted: false };
    expect(shownOf('admit', met, result, how).verdict).toBe('holds');
    expect(shownOf('admit', met, result, { ...how, interrupted: true })).toEqual({
      verdict: 'not shown',
      why: 'the campaign was interrupted',
    });
    expect(shownOf('admit', met, result, { ...how, missingShards: [2] })).toEqual({
      verdict: 'not shown',
      why: 'shards are missing',
    });
  });
});
