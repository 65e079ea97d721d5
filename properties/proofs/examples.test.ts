import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createScheduler } from '../contestants/schedulers.ts';
import { readPlayable } from '../replay/load.ts';
import { EXAMPLES_FOLDER, exampleFile, readExamples } from './record.ts';
import { played } from './scenarios/example.ts';
import { follow } from './scenarios/reach.ts';
import { evaluate } from './terms/evaluate.ts';
import { WEAKENINGS } from './weakened/index.ts';

const records = readExamples();

test('every weakened rule has its example, and there are no others', () => {
  expect(records.map(({ weakened }) => weakened)).toEqual(WEAKENINGS.map(({ name }) => name));
  expect(
    readdirSync(EXAMPLES_FOLDER)
      .map((name) => `${EXAMPLES_FOLDER}/${name}`)
      .toSorted(),
  ).toEqual(records.map(({ weakened }) => exampleFile(weakened)).toSorted());
});

test.each(WEAKENINGS.map((weakening) => [weakening.name, weakening] as const))(
  'the example of %s is what a solver found, and its scenario leads there and is refused',
  (name, { example, lemma, obligation }) => {
    const record = records.find(({ weakened }) => weakened === name)!;
    expect(record).toMatchObject({ lemma, obligation });
    for (const { words, term } of example.assertions) {
      expect(evaluate(term, record.values), words).toBe(true);
    }
    const { scenario } = readPlayable(readFileSync(exampleFile(name), 'utf8'));
    expect(played(createScheduler(name), scenario)).toEqual({ scenario, refusedBy: record.refusedBy });
    expect(scenario.stimuli.length).toBe(record.steps);
    if ('scenario' in example) {
      const whole = example.scenario(record.values);
      expect(scenario).toEqual({ ...whole, stimuli: whole.stimuli.slice(0, record.steps) });
    } else {
      const stimuli = scenario.stimuli.map(({ stimulus }) => stimulus);
      const situation = example.situation(record.values);
      expect(follow(createScheduler(name), scenario.config, stimuli, situation).wasThere).toBe(true);
    }
    expect(played(createScheduler('xx'), scenario)).toBeNull();
  },
);
