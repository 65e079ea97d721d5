import { describe, expect, test } from 'vitest';
import type { Scenario } from '../model/configuration.ts';
import {
  arrives,
  cluster,
  LOW,
  later,
  resize,
  type Story,
  start,
  story,
  submit,
  turn,
} from '../model/testing.ts';
import { createXX } from '../reference-impl/xx/xx.ts';
import type { PropertyId } from './catalogue.ts';
import { playAgain, playScenario } from './play/run.ts';
import { type CampaignTally, emptyCampaignTally, timesMet } from './play/tally.ts';
import { OF_WHOLE_RUNS } from './play/whole-runs.ts';
import { both, ends, queued, runs } from './testing/told.ts';

/** Plays what happens in these lines, and looks at the run as a whole. */
type Plays = (tally: CampaignTally) => unknown;

/** A run that puts a property of whole runs to the test, and one that is nearly the same and does not. */
interface PairOfRuns {
  readonly id: PropertyId;
  readonly since: string;
  readonly meets: Plays;
  readonly misses: Plays;
}

const stimuliOf = ({ config, lines }: Story): Scenario => ({
  config,
  stimuli: lines.map(([at, stimulus]) => ({ at, stimulus })),
});
const xx = () => ({ scheduler: createXX() });
const withTwin = () => ({ scheduler: createXX(), twin: createXX({ mode: 'immer' }) });

/** Plays a story to its end and then asks for a property of it. */
const judged =
  (told: Story, property?: PropertyId, contestant = xx): Plays =>
  (tally) =>
    playScenario(stimuliOf(told), contestant(), tally, property === undefined ? {} : { property });

const most = Number.MAX_SAFE_INTEGER;
/** 1 and 2 live on a machine whose demand then is the greatest safe integer, and 3 is queued. */
const vast = later(
  story(
    cluster({
      machines: [{ cores: 2, ram: most - 1, swap: 1 }],
      idle: { enter: most, leave: 0, memoryDrift: 1, functionsDrift: 1 },
    }),
    ...arrives(0, 1, LOW, start(1)),
    ...arrives(0, 2, LOW, start(2)),
  ),
  [0, resize(1, most - 1)],
  [0, submit(3, LOW)],
);

const pairsOfRuns: readonly PairOfRuns[] = [
  {
    id: 'everything-drains',
    since: 'somebody is live',
    meets: judged(queued, 'everything-drains'),
    misses: judged(later(runs, ends), 'everything-drains'),
  },
  {
    id: 'determinism',
    since: 'it is played twice',
    meets: judged(queued, 'determinism'),
    misses: judged(queued),
  },
  {
    id: 'immer-equals-direct',
    since: 'there are both ways',
    meets: judged(queued, 'immer-equals-direct', withTwin),
    misses: judged(queued, 'immer-equals-direct'),
  },
  {
    id: 'refuses-alike',
    since: 'the impossible is offered',
    meets: judged(queued, 'refuses-alike'),
    misses: judged(queued),
  },
  {
    id: 'stays-exact',
    since: 'a sum leaves the safe integers',
    meets: judged(later(vast, [0, turn()])),
    misses: judged(vast),
  },
  {
    id: 'pages-in-parts',
    since: '2 MB or more move at once',
    meets: (tally) => playAgain(stimuliOf(later(both, [0, resize(1, 9)])), xx(), tally),
    misses: (tally) => playAgain(stimuliOf(later(both, [0, resize(1, 8)])), xx(), tally),
  },
  {
    id: 'pages-in-parts',
    since: 'the trace is judged again',
    meets: (tally) => playAgain(stimuliOf(later(both, [0, resize(1, 9)])), xx(), tally),
    misses: judged(later(both, [0, resize(1, 9)])),
  },
];

describe('a premise', () => {
  test.each(pairsOfRuns)('of $id is met since $since, and else is not', ({ id, meets, misses }) => {
    const [met, missed] = [meets, misses].map((plays) => {
      const tally = emptyCampaignTally();
      expect(plays(tally)).toMatchObject({ finding: null });
      return timesMet(tally, id);
    });
    expect(met).toBe(1);
    expect(missed).toBe(0);
  });

  test('is tried for everything that is judged of whole runs', () => {
    const tried = new Set(pairsOfRuns.map(({ id }) => id));
    expect(tried).toEqual(new Set([...OF_WHOLE_RUNS, 'pages-in-parts']));
  });
});
