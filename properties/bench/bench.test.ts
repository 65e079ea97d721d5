import { describe, expect, test } from 'vitest';
import { type Decision, isOfXX } from '../../model/alphabet.ts';
import { Judge } from '../../model/judge.ts';
import { createGenerator, type Generator, nextBelow } from '../../reference-impl/random.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { runCampaign } from '../campaign/campaign.ts';
import { bench, QUICK } from './bench.ts';
import { type Recording, recordRuns, stepsOf } from './record.ts';
import { reportText } from './report.ts';
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

describe('the bench', () => {
  test('measures everything in quick mode and shows it in 80 columns', async () => {
    const report = await bench(QUICK);
    expect(report.curve.map(({ machines }) => machines)).toEqual([10, 100]);
    expect(report.curve[0]!.reference.ratio.median).toBe(1);
    for (const figures of [report.loops, report.charts]) {
      for (const { min, median, max } of Object.values(figures)) {
        expect(min).toBeGreaterThan(0);
        expect(median).toBeGreaterThanOrEqual(min);
        expect(max).toBeGreaterThanOrEqual(median);
      }
    }
    const { fuzz, check, starts } = report.commands;
    for (const { one, two, ratio, apart, ratioApart } of [fuzz, check]) {
      expect(ratio.median).toBeCloseTo(two.median / one.median);
      expect(ratioApart.median).toBeCloseTo(apart.median / one.median);
      expect(one.min).toBeGreaterThan(0);
    }
    expect(starts.map(({ ms }) => ms.min > 0)).toEqual([true, true, true, true]);
    expect(report.parts.whole.median).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);

    const lines = reportText(report).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    for (const name of [
      'campaign loop',
      'stock build',
      'machines',
      'compiled table',
      'director',
      'xx check: states',
      'xx --help',
    ]) {
      expect(lines.join('\n')).toContain(name);
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
