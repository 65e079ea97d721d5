import { describe, expect, test } from 'vitest';
import { scenarioText } from '../../model/format/write.ts';
import { InputError } from '../../model/input-error.ts';
import { BLOCK, type BlockResult, type BlockTask, runBlock } from '../campaign/block.ts';
import { FEATURES } from '../campaign/features.ts';
import { emptyResult, endsCampaign, runStretch, unite } from '../campaign/stretch.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { blocksOfJob, type CampaignSpec, campaignId, readSpec, specText } from './spec.ts';
import { jobData, prefixText, readJob, readPrefix, readResult, resultText } from './wire.ts';

const task: BlockTask = {
  seed: 7,
  block: 0,
  count: 3 * BLOCK - 10,
  size: 'small',
  properties: [],
  except: [],
  without: [],
};

const without = <Value extends object>(value: Value, key: keyof Value): object => {
  const { [key]: _, ...rest } = value;
  return rest;
};

describe('a stretch', () => {
  test('is its blocks, united', () => {
    const contestant = contestantOf({ scheduler: 'xx' });
    let blocks = emptyResult();
    for (const [block, count] of [BLOCK, BLOCK, BLOCK - 10].entries()) {
      blocks = unite(blocks, runBlock({ ...task, block, count }, contestant), block * BLOCK);
    }
    expect(runStretch(task, contestant)).toEqual(blocks);
    expect(blocks.tally.steps).toBeGreaterThan(1000);
  });

  test('collects what covers something new once, over all its blocks', () => {
    const contestant = contestantOf({ scheduler: 'xx' });
    const known = new Uint8Array(FEATURES);
    const { novel } = runStretch({ ...task, known }, contestant);
    const first = runStretch({ ...task, known, count: BLOCK }, contestant).novel;
    expect(first.length).toBeGreaterThan(3);
    expect(novel.slice(0, first.length)).toEqual(first);
    expect(new Set(novel.map((one) => JSON.stringify(one))).size).toBe(novel.length);
  });

  test('ends with the first run that fails, which is counted from its beginning', () => {
    const contestant = contestantOf({ scheduler: 'never-preempts' });
    const blocks = [0, 1, 2].map((block) => runBlock({ ...task, block, count: BLOCK }, contestant));
    const failing = blocks.findIndex(({ failure }) => failure !== null);
    expect(failing).toBeGreaterThan(0);
    const { failure } = runStretch({ ...task, count: 3 * BLOCK }, contestant);
    expect(failure?.run).toBe(failing * BLOCK + blocks[failing]!.failure!.run);
  });
});

describe('what goes through a queue', () => {
  const found = runStretch(task, contestantOf({ scheduler: 'kills-the-newest' }));
  const accepted = runStretch(
    { ...task, known: new Uint8Array(FEATURES) },
    contestantOf({ scheduler: 'xx' }),
  );

  test.each([
    ['nothing wrong, and what is new', accepted],
    ['a finding', found],
    [
      'a scheduler that breaks off',
      { ...accepted, broken: 'it hung', brokenIn: { run: 3, scenario: accepted.novel[0]! } },
    ],
    ['a goal that makes no sense', { ...accepted, badGoal: 'goal: is no condition' }],
  ])('comes out byte for byte: %s', (_, result) => {
    const text = resultText(result);
    expect(readResult(text, 'the result')).toEqual(result);
    const scenarios = ({ novel, failure, brokenIn }: BlockResult): string[] =>
      [...novel, failure?.scenario, brokenIn?.scenario].flatMap((one) => (one ? [scenarioText(one)] : []));
    expect(scenarios(readResult(text, 'the result'))).toEqual(scenarios(result));
    expect(readPrefix(prefixText({ upTo: 50, result }, 1.5))).toEqual({ upTo: 50, seconds: 1.5, result });
  });

  test('has a finding in it that ends the campaign', () => {
    expect([found, accepted].map(endsCampaign)).toEqual([true, false]);
  });

  test('is a job with what is known, a bit a feature', () => {
    const known = Uint8Array.from({ length: FEATURES }, (_, index) => (index % 3 === 0 ? 1 : 0));
    const job = { block: 4, count: 50, known };
    expect(readJob(JSON.parse(JSON.stringify(jobData(job))))).toEqual(job);
  });

  const message = JSON.parse(resultText(found));
  const changed = (change: (value: typeof message) => void): string => {
    const value = structuredClone(message);
    change(value);
    return JSON.stringify(value);
  };
  // biome-ignore format: a table, a row a line
  test.each<[string, string, string]>([
    ['no JSON', '{', 'the result: not JSON'],
    ['a key twice', '{"steps":1,"steps":2}', 'the result: the key "steps"'],
    ['another field', changed((value) => { value.exec = 'rm -rf /'; }), 'the result: unknown field "exec"'],
    ['no counts', JSON.stringify(without(message, 'counts')), 'the result: counts: expected an object'],
    ['a counter that there is not', changed((value) => { value.counts.pairs = [[1e6, 1]]; }), 'the result: counts.pairs[0][0]: expected an integer from 0'],
    ['a negative count', changed((value) => { value.counts.met = [[0, -1]]; }), 'the result: counts.met[0][1]: expected an integer from 1'],
    ['a property that there is not', changed((value) => { value.failure.finding.property = 'best-scheduler'; }), 'the result: failure.finding.property: expected one of'],
    ['a tenant that there is not', changed((value) => { value.failure.scenario.stimuli.push({ at: 1e9, stimulus: { type: 'submit', id: 1, tenant: 99, function: 'f', class: 0, shard: 0 } }); }), 'the result: stimuli['],
    ['a message without end', changed((value) => { value.failure.finding.message = 'x'.repeat(200_000); }), 'the result: failure.finding.message: expected a string of at most'],
  ])('is refused with a line that names the place: %s', (_, text, line) => {
    expect(() => readResult(text, 'the result')).toThrow(InputError);
    expect(() => readResult(text, 'the result')).toThrow(line);
  });
});

describe('a campaign in a queue', () => {
  const spec: CampaignSpec = {
    ...{ version: '1.0.0', build: '0123abcd', scheduler: 'xx', isProcess: false, seed: 1, size: 'medium' },
    ...{ properties: [], except: [], without: [], goals: null, corpus: null, shares: false },
    ...{ runs: 1000, blocks: 1 },
  };

  test('is the same whatever order its fields have, and another if anything in it is', () => {
    const id = campaignId(spec);
    const reversed = Object.fromEntries(Object.entries(spec).reverse()) as unknown as CampaignSpec;
    expect(campaignId(reversed)).toBe(id);
    expect(readSpec(specText(reversed))).toEqual(spec);
    const others: Partial<CampaignSpec>[] = [
      { version: '1.0.1' },
      { build: '0123abce' },
      { seed: 2 },
      { runs: 1001 },
      { isProcess: true },
      { except: ['determinism'] },
      { goals: 'a'.repeat(64) },
    ];
    const ids = others.map((other) => campaignId({ ...spec, ...other }));
    expect(new Set([id, ...ids]).size).toBe(others.length + 1);
  });

  test('has jobs of more blocks the longer it is, and of one where a process plays', () => {
    const blocks = [1, 10_000, 50_000, 1_000_000, null].map((runs) => blocksOfJob(runs, false));
    expect(blocks).toEqual([1, 1, 5, 20, 20]);
    expect(blocksOfJob(1_000_000, true)).toBe(1);
  });
});
