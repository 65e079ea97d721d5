import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../model/input-error.ts';
import { plans } from '../arbitraries/plan.ts';
import { FEATURES, featuresOf } from '../campaign/features.ts';
import { runStretch } from '../campaign/stretch.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { readWay, wayText } from '../farm/shared-ways.ts';
import { playOnwards, playPlan, playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { Onwards } from './onwards.ts';
import { Steering, WAYS_EACH } from './steering.ts';
import { type Way, waysIn } from './way.ts';

const xx = contestantOf({ scheduler: 'xx' });
const everything = new Uint8Array(FEATURES).fill(1);
const TASK = {
  seed: 7,
  block: 0,
  count: 50,
  size: 'small',
  properties: [],
  except: [],
  without: [],
} as const;

/** What 50 runs have to tell of all that they meet. */
const news = (() => {
  const onwards = new Onwards({ starts: [], wanted: everything }, xx);
  runStretch(TASK, xx, onwards);
  return onwards.news();
})();

function featuresOfScenario({ scenario }: Way, steps = scenario.stimuli.length): number[] {
  const tally = emptyCampaignTally();
  playScenario({ ...scenario, stimuli: scenario.stimuli.slice(0, steps) }, xx, tally);
  return featuresOf(tally);
}

describe('a way', () => {
  test('meets what it leads to in its last step, and not before', () => {
    expect(news.ways.length).toBeGreaterThan(200);
    for (const way of news.ways.slice(0, 60)) {
      expect(featuresOfScenario(way)).toContain(way.feature);
      expect(featuresOfScenario(way, way.scenario.stimuli.length - 1)).not.toContain(way.feature);
    }
  });

  test('is not looked for to what nobody wants', () => {
    const { scenario } = news.ways.at(-1)!;
    expect(waysIn(scenario, xx, everything).length).toBeGreaterThan(0);
    expect(waysIn(scenario, xx, new Uint8Array(FEATURES))).toEqual([]);
  });

  test('goes through a queue as it is, and what is none is refused in one line', () => {
    const way = news.ways.at(-1)!;
    expect(readWay(wayText(way))).toEqual(way);
    const wrong = [
      ['{', 'not JSON'],
      [wayText({ ...way, feature: FEATURES }), 'feature'],
      [wayText({ ...way, scenario: { ...way.scenario, stimuli: [] } }), 'stimuli'],
      [' '.repeat(1_000_000), 'expected at most'],
    ] as const;
    for (const [text, why] of wrong) {
      expect(() => readWay(text)).toThrow(InputError);
      expect(() => readWay(text)).toThrow(why);
    }
  });
});

describe('runs that go on', () => {
  const long = news.ways.filter(({ scenario }) => scenario.stimuli.length > 10).slice(0, 5);
  const starts = long.map(({ scenario }) => scenario);

  test('begin, every second one, as they are told to, and do something else from there on', () => {
    const played: string[][] = [];
    const onwards = new Onwards({ starts, wanted: new Uint8Array(FEATURES) }, xx);
    const note = onwards.note.bind(onwards);
    onwards.note = (scenario, tally) => {
      played.push(scenario.stimuli.map((timed) => JSON.stringify(timed)));
      note(scenario, tally);
    };
    const { failure, sightings } = runStretch(TASK, xx, onwards);
    expect(failure).toBeNull();
    expect(played).toHaveLength(50);
    for (const [index, { stimuli }] of starts.entries()) {
      const run = played[2 * index + 1]!;
      expect(run.slice(0, stimuli.length)).toEqual(stimuli.map((timed) => JSON.stringify(timed)));
      expect(run.length).toBeGreaterThan(stimuli.length);
    }
    // What they met is no sample of what runs meet, from which what is left could be estimated.
    expect(sightings).toBeNull();
    expect(onwards.news().runs).toBe(50);
  });

  test('hand out ids that are new, and so are not refused what they ask', () => {
    const ids = { kind: 'low', pivot: 0, stride: 1, twist: 0 } as const;
    for (const drawn of fc.sample(plans('small'), { seed: 5, numRuns: 20 })) {
      const plan = { ...drawn, habits: { ...drawn.habits, ids, drain: false } };
      const start = playPlan(plan, xx, emptyCampaignTally()).scenario;
      const { stimuli } = playOnwards(start, plan, xx, emptyCampaignTally()).scenario;
      expect(stimuli).toHaveLength(start.stimuli.length + plan.genes.length);
    }
  });

  test('find what is wrong, as a scenario that shows it by itself', () => {
    const wrong = contestantOf({ scheduler: 'kills-the-newest' });
    const { failure } = runStretch(
      { ...TASK, count: 2000 },
      wrong,
      new Onwards({ starts, wanted: everything }, wrong),
    );
    const again = playScenario(failure!.scenario, wrong, emptyCampaignTally());
    expect(again.finding).toMatchObject({ property: failure!.finding.property });
  });
});

describe('runs are sent', () => {
  // Sides of boundaries, since those of transitions are also on the way to pairs.
  const way = { ...news.ways[0]!, feature: FEATURES - 1 };
  const another = { ...news.ways.at(-1)!, feature: FEATURES - 2 };
  const met = (...features: [feature: number, runs: number][]) => {
    const counts = new Uint32Array(FEATURES);
    for (const [feature, runs] of features) counts[feature] = runs;
    return { runs: 1000, met: counts };
  };

  test('to what is rarely met more often than to what is often met', () => {
    const steering = new Steering(1);
    steering.note(met([way.feature, 900], [another.feature, 1]));
    steering.take(way);
    steering.take(another);
    const starts = Array.from({ length: 20 }, () => steering.lead(50).starts).flat();
    const rare = starts.filter((start) => start === another.scenario).length;
    expect(starts).toHaveLength(1000);
    // Those that were sent there count as well, so that nothing is pursued for ever.
    expect(rare).toBeGreaterThan(800);
    expect(starts).toContain(way.scenario);
  });

  test('to pairs of transitions that nobody has met, on ways to the first of the two', () => {
    const steering = new Steering(1);
    steering.take({ ...way, feature: 0 });
    expect(steering.lead(3).starts).toEqual([way.scenario, way.scenario, way.scenario]);
    // A boundary that nobody has met lies on no way that is known.
    const other = new Steering(1);
    other.note(met([FEATURES - 2, 0]));
    expect(other.lead(3).starts).toEqual([]);
  });

  test('nowhere as long as no way is known', () => {
    expect(new Steering(1).lead(50).starts).toEqual([]);
  });

  test('on ways that are wanted: none before it is known what is rare, and no more than enough', () => {
    const steering = new Steering(1);
    expect(steering.lead(1).wanted).not.toContain(1);
    const last = FEATURES - 1;
    steering.note(met([last, 1]));
    expect(steering.lead(1).wanted[last]).toBe(1);
    for (let count = 0; count < WAYS_EACH; count++) steering.take({ ...way, feature: last });
    expect(steering.lead(1).wanted[last]).toBe(0);
    const often = new Steering(1);
    often.note(met([last, 900]));
    expect(often.lead(1).wanted[last]).toBe(0);
  });
});
