import { describe, expect, test } from 'vitest';
import { type Decision, isOfXX } from '../../model/alphabet.ts';
import { Judge } from '../../model/judge.ts';
import { createGenerator, type Generator, nextBelow } from '../../reference-impl/random.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { type Recording, recordRuns, stepsOf } from './record.ts';
import { StockJudge } from './stock/judge.ts';

const part = { size: 'medium', seed: 5, runs: 30 } as const;
const recordings = recordRuns(part);

describe('the recorded runs', () => {
  test('are those that a campaign plays for the same seed', async () => {
    const { tally, violations } = await runCampaign({
      contestant: { scheduler: createXX() },
      ...part,
      wanted: (runs) => part.runs - runs,
      properties: [],
      onProgress: () => {},
    });
    expect(violations).toEqual([]);
    // A campaign also counts the step at which a scenario is refused, if a sum leaves the safe integers.
    expect(tally.steps).toBeGreaterThanOrEqual(stepsOf(recordings));
    expect(tally.steps).toBeLessThanOrEqual(stepsOf(recordings) + part.runs);
  });
});

describe('the stock judge', () => {
  test('accepts what the judge accepts', () => {
    expect(recordings).toHaveLength(part.runs);
    for (const recording of recordings) {
      const { decisions } = recording;
      expect(stepRefusedBy(new Judge(recording.scenario.config), recording, decisions)).toBeNull();
      expect(stepRefusedBy(new StockJudge(recording.scenario.config), recording, decisions)).toBeNull();
    }
  });

  test('refuses a planted wrong decision at the same step as the judge', () => {
    const generator = createGenerator(1);
    for (let count = 0; count < 100; count++) {
      const { recording, decisions, what } = plant(generator);
      const { config } = recording.scenario;
      const step = stepRefusedBy(new Judge(config), recording, decisions);
      expect(step, what).not.toBeNull();
      expect(stepRefusedBy(new StockJudge(config), recording, decisions), what).toBe(step);
    }
  });
});

type Answers = Recording['decisions'];

function stepRefusedBy(
  judge: Pick<Judge, 'step'> | StockJudge,
  { scenario }: Recording,
  decisions: Answers,
): number | null {
  for (const [index, answer] of decisions.entries()) {
    const { at, stimulus } = scenario.stimuli[index]!;
    if (judge.step(at, stimulus, answer) !== null) return index + 1;
  }
  return null;
}

/** A recorded run in which one decision is left out, taken twice, or off by one in a number that leaves no choice. */
function plant(generator: Generator): { recording: Recording; decisions: Answers; what: string } {
  const draw = <Item>(items: readonly Item[]): Item => items[nextBelow(generator, items.length)]!;
  const recording = draw(recordings);
  const step = draw(
    [...recording.decisions.keys()].filter((index) => recording.decisions[index]!.length > 0),
  );
  const right = recording.decisions[step]!;
  const index = nextBelow(generator, right.length);
  const kind = draw(['left out', 'taken twice', 'off by one'] as const);
  const planted = {
    'left out': [],
    'taken twice': [right[index]!, right[index]!],
    'off by one': [offByOne(right[index]!)],
  };
  const wrong = right.toSpliced(index, 1, ...planted[kind]);
  const what = `step ${step + 1}: ${JSON.stringify(right[index])} ${kind}`;
  return { recording, decisions: recording.decisions.with(step, wrong), what };
}

function offByOne(decision: Decision): Decision {
  if (!isOfXX(decision)) throw new Error(`XX does not ${decision.type}`);
  switch (decision.type) {
    case 'enqueue':
      return { ...decision, class: decision.class + 1 };
    case 'allocate':
    case 'pageOut':
    case 'pageIn':
      return { ...decision, memory: decision.memory + 1 };
    case 'kill':
    case 'complete':
      return { ...decision, bill: { ...decision.bill, cost: decision.bill.cost + 1 } };
    case 'list':
    case 'relist':
      return { ...decision, functions: decision.functions + 1 };
    case 'unlist':
      return { ...decision, shard: decision.shard + 1 };
    case 'throttle':
    case 'place':
    case 'start':
    case 'preempt':
    case 'wake':
      return { ...decision, id: decision.id + 1 };
  }
}
