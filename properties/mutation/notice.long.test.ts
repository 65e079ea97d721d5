import { beforeAll, describe, expect, test } from 'vitest';
import { Judge } from '../../model/judge.ts';
import { MUTANTS } from '../mutants/index.ts';
import { ANSWERS } from './answers.ts';
import { expectationFrom } from './expectation.ts';
import { type Expected, notice, verdictOn } from './notice.ts';
import { opinionsOn } from './opinions.ts';

const WRONG = ['lifo-within-a-class', 'kills-the-second-lowest', 'a-refusal-uses-up-the-id'];

let expected: Expected;

beforeAll(async () => {
  const mutants = MUTANTS.filter(({ name }) => WRONG.includes(name));
  expected = JSON.parse(JSON.stringify(await expectationFrom(mutants)));
});

describe('whether a build has a fault', () => {
  test('is not noticed in one that has none', async () => {
    expect(await notice(expected)).toBeNull();
  });

  test('is noticed by another verdict, other opinions, other answers, other counts, or another exploration', async () => {
    const [first, ...others] = expected.wrongTraces;
    const withFirst = (part: object): Expected => ({
      ...expected,
      wrongTraces: [{ ...first!, ...part }, ...others],
    });
    expect(await notice(withFirst({ verdict: null }))).toBe(`another verdict on ${first!.name}`);
    expect(await notice(withFirst({ opinions: 'others' }))).toBe(`other opinions on ${first!.name}`);
    const few: Expected = { ...expected, answers: {}, campaigns: {} };
    for (const where of Object.keys(ANSWERS)) {
      expect(expected.answers[where]!.length).toBeGreaterThan(0);
      expect(await notice({ ...few, answers: { [where]: ['others'] } })).toBe(`other answers ${where}`);
    }
    expect(Object.keys(expected.campaigns)).toEqual(['small', 'medium']);
    expect(await notice({ ...few, campaigns: { small: [] } })).toBe('other counts in a small campaign');
    expect(await notice({ ...few, explored: [] })).toBe('another exploration');
  });
});

describe('a wrong trace', () => {
  test('is kept of who takes a wrong decision, with the verdict; not of who only refuses wrongly', () => {
    expect(expected.wrongTraces.map(({ name }) => name)).toEqual(WRONG.slice(0, 2));
    for (const { config, steps, verdict } of expected.wrongTraces) {
      expect(verdict).toMatchObject({ rule: expect.any(String), step: steps.length });
      expect(verdictOn(config, steps)).toEqual(verdict);
    }
  });

  test('has other opinions when it is another one', () => {
    const { config, steps } = expected.wrongTraces[0]!;
    expect(opinionsOn(config, steps)).toBe(opinionsOn(config, steps));
    expect(opinionsOn(config, steps.slice(0, -1))).not.toBe(opinionsOn(config, steps));
    expect(opinionsOn({ ...config, initialMemory: config.initialMemory + 1 }, steps)).not.toBe(
      opinionsOn(config, steps),
    );
  });

  test('is judged alike whatever a judge is asked to consider on the way', () => {
    for (const { config, steps, verdict } of expected.wrongTraces) {
      const judge = new Judge(config);
      const verdicts = steps.map(({ at, stimulus, decisions }, index) => {
        if (index > 0) for (const decision of steps[index - 1]!.decisions) judge.consider(decision);
        return judge.step(at, stimulus, decisions);
      });
      expect(JSON.parse(JSON.stringify(verdicts.pop()))).toEqual(verdict);
      expect(verdicts.every((each) => each === null)).toBe(true);
    }
  });
});
