import { test as property } from '@fast-check/vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScenario } from '../../model/format/lines.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { Corpus } from '../corpus/corpus.ts';
import { EVERYTHING } from '../play/asked.ts';
import { playScenario } from '../play/run.ts';
import { emptyCampaignTally } from '../play/tally.ts';
import { type BlockResult, type BlockTask, runBlock } from './block.ts';
import { runCampaign } from './campaign.ts';

/**
 * A test case of "PBT Observations", written down from its description: the pages of Hypothesis on observability, and
 * HypothesisWorks/hypothesis, hypothesis-python/docs/reference/schema_observations.json. All twelve fields, and no other.
 */
const FIELDS = {
  type: { const: 'test_case' },
  run_start: { type: 'number' },
  property: { type: 'string' },
  status: { enum: ['passed', 'failed', 'gave_up'] },
  status_reason: { type: 'string' },
  representation: { type: 'string' },
  arguments: { type: 'object' },
  how_generated: { type: ['string', 'null'] },
  features: { type: 'object' },
  coverage: {
    type: ['object', 'null'],
    additionalProperties: { type: 'array', items: { type: 'integer', minimum: 1 }, uniqueItems: true },
  },
  timing: { type: 'object', additionalProperties: { type: 'number', minimum: 0 } },
  metadata: { type: 'object' },
};
const isTestCase = new Ajv2020({ strict: true, allowUnionTypes: true }).compile({
  type: 'object',
  properties: FIELDS,
  required: Object.keys(FIELDS),
  additionalProperties: false,
});

interface TestCase {
  property: string;
  run_start: number;
  status: string;
  status_reason: string;
  representation: string;
  arguments: unknown;
  how_generated: string;
  features: Record<string, number | string>;
  metadata: { finding: { property: string } | null };
}

function testCases({ observations }: Pick<BlockResult, 'observations'>): TestCase[] {
  return observations.map((line) => {
    expect(line).not.toContain('\n');
    const value = JSON.parse(line);
    isTestCase(value);
    expect(isTestCase.errors).toBeNull();
    return value;
  });
}

const TASK: BlockTask = {
  ...{ seed: 1, block: 0, count: 12, size: 'small', observe: 'what is asked' },
  ...{ properties: [], except: [], without: [] },
};

const block = (name: string, task: Partial<BlockTask> = {}): BlockResult =>
  runBlock({ ...TASK, ...task }, { scheduler: createScheduler(name) });

/** The reference, but for its answer of this number. */
function throwsIn(answer: number, error = new Error('enough')): Scheduler {
  const xx = createXX();
  let answers = 0;
  return {
    name: 'throws',
    reset: (config) => xx.reset(config),
    step(at, stimulus) {
      if (++answers === answer) throw error;
      return xx.step(at, stimulus);
    },
  };
}

describe('a line for each run', () => {
  property.prop([fc.nat(), fc.constantFrom('xx', 'kills-the-newest', 'hermod', 'two-answers')], {
    numRuns: 12,
  })('is a test case as Hypothesis describes it, whatever comes of the run', (seed, name) => {
    const result = block(name, { seed, count: 5 });
    const cases = testCases(result);
    expect(cases).toHaveLength(result.failure?.run ?? 5);
    expect(cases.map(({ status }) => status)).toEqual(
      cases.map((_, index) => (index + 1 === result.failure?.run ? 'failed' : 'passed')),
    );
    for (const { property: asked, run_start } of cases) {
      expect({ asked, run_start }).toEqual({ asked: 'what is asked', run_start: seed });
    }
  });

  test.each(Object.keys(FIELDS))('would be refused without %s', (field) => {
    const { [field]: _left, ...rest } = JSON.parse(block('xx', { count: 1 }).observations[0]!);
    expect(isTestCase(rest)).toBe(false);
  });

  test('would be refused with a field that is not described', () => {
    const whole = JSON.parse(block('xx', { count: 1 }).observations[0]!);
    expect([isTestCase(whole), isTestCase({ ...whole, step: 1 })]).toEqual([true, false]);
  });

  test('is not written unless it is asked for, and changes nothing else', () => {
    const { observe: _name, ...unobserved } = TASK;
    const plain = runBlock(unobserved, { scheduler: createXX() });
    expect(plain.observations).toEqual([]);
    expect(plain).toEqual({ ...block('xx'), observations: [] });
  });

  test('says which input it was, as the lines that xx run reads and as JSON', () => {
    for (const { representation, arguments: given, how_generated } of testCases(block('xx'))) {
      expect(readScenario(representation.trimEnd().split('\n'))).toEqual(given);
      expect(how_generated).toMatch(/^drawn with seed 1, size small: run \d+$/);
    }
  });
});

describe('the status of a run', () => {
  test('is passed, for no reason, when nothing is wrong', () => {
    for (const { status, status_reason, metadata } of testCases(block('xx'))) {
      expect({ status, status_reason, finding: metadata.finding }).toEqual({
        ...{ status: 'passed', status_reason: '', finding: null },
      });
    }
  });

  test('is failed when the run violates what is asked, with the property, its message, and the input', () => {
    const { failure, ...result } = block('kills-the-newest', { count: 50 });
    const cases = testCases(result);
    const { status, status_reason, representation, metadata } = cases.at(-1)!;
    const { finding, scenario, run } = failure!;
    expect(status).toBe('failed');
    expect(status_reason).toBe(`${finding.property}: ${finding.message}`);
    expect(metadata.finding).toEqual(finding);
    const read = readScenario(representation.trimEnd().split('\n'));
    expect(read).toEqual(scenario);
    const again = playScenario(
      read,
      { scheduler: createScheduler('kills-the-newest') },
      emptyCampaignTally(),
    );
    expect(again.finding).toEqual(finding);
    expect(cases.slice(0, -1).map((one) => one.status)).toEqual(Array(run - 1).fill('passed'));
  });

  test('is gave_up when the run ends with something that nobody asks for', () => {
    const scheduler = throwsIn(30, new ImpossibleStimulus('what is possible'));
    const result = runBlock({ ...TASK, block: 1, properties: ['kill-iff'] }, { scheduler });
    const ended = testCases(result).filter(({ status }) => status === 'gave_up');
    expect(result.observations).toHaveLength(12);
    expect(ended).toHaveLength(1);
    expect(result.tally.endedEarly).toBe(1);
    for (const { status_reason } of ended) expect(status_reason).toMatch(/nobody asks for/);
  });

  test('is gave_up after what is not possible, when only something else is asked', () => {
    const asked = { count: 50, properties: ['no-priority-inversion'] as const };
    const { impossible, ...result } = block('two-answers', asked);
    const gaveUp = testCases(result).filter(({ status }) => status === 'gave_up');
    expect(gaveUp[0]!.status_reason).toContain(impossible!.finding.message);
  });

  test('is failed when the scheduler breaks, with what it was asked until then', () => {
    // Of another block than the first, whose first run is looked at so closely that it takes many answers.
    const task = { ...TASK, block: 1 };
    const { brokenIn, ...result } = runBlock(task, { scheduler: throwsIn(30) });
    const { status, status_reason, arguments: given } = testCases(result).at(-1)!;
    expect(status).toBe('failed');
    expect(status_reason).toMatch(/^the scheduler broke off: .*enough/);
    expect(given).toEqual(brokenIn!.scenario);
    expect(result.observations).toHaveLength(brokenIn!.run);
  });
});

describe('the features of a run', () => {
  test('count what the reference decides when it is played again', () => {
    const cases = testCases(block('xx', { count: 20 }));
    for (const { representation, features } of cases) {
      const { config, stimuli } = readScenario(representation.trimEnd().split('\n'));
      const xx = createXX();
      xx.reset(config);
      const decided = stimuli.flatMap(({ at, stimulus }) => [...xx.step(at, stimulus)]);
      const ofType = (type: string) => decided.filter((decision) => decision.type === type).length;
      expect(features).toMatchObject({ steps: stimuli.length, decisions: decided.length, size: 'small' });
      for (const type of ['enqueue', 'place', 'kill', 'pageOut', 'complete', 'unlist']) {
        expect(features[`decisions: ${type}`]).toBe(ofType(type));
      }
      expect(features.kills).toBe(ofType('kill') > 0 ? 'yes' : 'no');
      expect(features.crashes).toBe(stimuli.some((one) => one.stimulus.type === 'crash') ? 'yes' : 'no');
      const begun = stimuli.filter(({ stimulus: { type } }) => type === 'submit' || type === 'call');
      expect(features.invocations).toBe(begun.length);
    }
    for (const feature of ['kills', 'crashes', 'pages', 'calls']) {
      expect(new Set(cases.map(({ features }) => features[feature])), feature).toEqual(
        new Set(['yes', 'no']),
      );
    }
  });

  test('are the same ones in every run, so that they can be compared', () => {
    const named = testCases(block('xx')).map(({ features }) =>
      Object.entries(features).map(([name, value]) => [name, typeof value]),
    );
    expect(new Set(named.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  test('say which parts are left out, and how often goals were met', () => {
    const goals = [
      { name: 'a step', met: () => true },
      { name: 'never', met: () => false },
    ];
    const contestant = { scheduler: createXX(), goals };
    for (const { features } of testCases(runBlock({ ...TASK, without: ['faults'] }, contestant))) {
      expect(features['left out']).toBe('faults');
      expect(features.crashes).toBe('no');
      expect(features['goal: a step']).toBeGreaterThanOrEqual(features.steps as number);
      expect(features['goal: never']).toBe(0);
    }
  });
});

test('scenarios of a corpus have their lines before all that is drawn, and say where they come from', async () => {
  const corpus = new Corpus({ scheduler: createXX() });
  const kept = testCases(block('xx', { count: 2 })).map(({ representation }) =>
    readScenario(representation.trimEnd().split('\n')),
  );
  const lines: string[] = [];
  await runCampaign({
    contestant: { scheduler: createXX() },
    ...{ seed: 1, size: 'small', properties: [], wanted: (runs) => 3 - runs, onProgress() {} },
    first: () => corpus.replay(kept, EVERYTHING, { observe: { property: 'what is asked', seed: 1 } }),
    observer: { property: 'what is asked', onObserved: async (more) => void lines.push(...more) },
  });
  const cases = testCases({ observations: lines });
  expect(cases.map(({ how_generated }) => how_generated.split(':')[0])).toEqual([
    ...Array(2).fill('kept in a corpus, and played again'),
    ...Array(3).fill('drawn with seed 1, size small'),
  ]);
  expect(cases.slice(0, 2).map((one) => one.arguments)).toEqual(kept);
});
