import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { ImpossibleStimulus } from '../input-error.ts';
import { narrowed } from '../parts.ts';
import { cluster } from '../testing.ts';
import { answerSchema, readAnswer } from './answer.ts';
import { headerSchemaOf } from './header.ts';
import { helloSchema } from './hello.ts';
import { jsonSchemas, LINE_NAMES, type LineName } from './json-schemas.ts';
import { readScenario } from './lines.ts';
import { stepSchema, timedStimulusSchema } from './schemas.ts';
import { headerLine } from './write.ts';

/** A validator that knows nothing of this project. */
const ajv = new Ajv2020({ strict: true });
const validators = Object.fromEntries(
  Object.entries(jsonSchemas()).map(([name, schema]) => [name, ajv.compile(schema)]),
) as Record<LineName, ReturnType<typeof ajv.compile>>;

const OURS: Record<LineName, z.ZodType> = {
  'scenario-header': headerSchemaOf('xx-scenario'),
  'trace-header': headerSchemaOf('xx-trace'),
  stimulus: timedStimulusSchema,
  step: stepSchema,
  answer: answerSchema,
  hello: helloSchema,
};

const linesOf = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const [scenarioHeader, ...stimuli] = linesOf('docs/examples/home-page.scenario.jsonl');
const TRACES = ['docs/examples/home-page.trace.jsonl', 'properties/fixtures/independent/9001.trace.jsonl'];

/** Lines as they are sent and written, by what they are. */
const TRAFFIC: Record<LineName, unknown[]> = {
  'scenario-header': [
    scenarioHeader,
    JSON.parse(headerLine('xx-scenario', narrowed(cluster({ words: ['timeouts'] }), ['swap', 'calls']))),
  ],
  'trace-header': TRACES.map((file) => linesOf(file)[0]),
  stimulus: [...stimuli, { at: 3, stimulus: { type: 'timeout', id: 0 } }],
  step: TRACES.flatMap((file) => linesOf(file).slice(1, 60)),
  answer: answers(),
  hello: [{ hello: 'mine' }, { hello: 'é'.repeat(256), without: ['swap', 'calls'] }],
};

/** What the reference answers, the impossible included. */
function answers(): unknown[] {
  const { config, stimuli: asked } = readScenario(
    readFileSync('docs/examples/home-page.scenario.jsonl', 'utf8').trimEnd().split('\n'),
  );
  const xx = createXX();
  xx.reset(config);
  return [...asked, { at: 99, stimulus: { type: 'finish', id: 7 } as const }].map(({ at, stimulus }) => {
    try {
      return xx.step(at, stimulus);
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      return { impossible: error.message };
    }
  });
}

/** The same value with one thing in it changed, for every place and every change. */
function* spoiled(value: unknown): Generator<unknown> {
  yield* [null, -1, 0, 1.5, 2 ** 53, 'x', 'x'.repeat(300), true, [], {}, [1, 1]];
  if (Array.isArray(value)) {
    yield [...value, ...value];
    for (const [index, item] of value.entries()) {
      for (const other of spoiled(item)) yield value.toSpliced(index, 1, other);
    }
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, unknown: 1 };
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...without } = value as Record<string, unknown>;
      yield without;
      for (const other of spoiled(item)) yield { ...value, [key]: other };
    }
  }
}

describe.each(LINE_NAMES)('the JSON Schema of a line: %s', (name) => {
  const validate = validators[name];

  test('accepts real ones', () => {
    expect(TRAFFIC[name].length).toBeGreaterThan(1);
    for (const line of TRAFFIC[name]) {
      expect(validate(line), `${JSON.stringify(line)}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  test('accepts and refuses what the readers do, as far as a schema can say it', () => {
    let refused = 0;
    for (const line of TRAFFIC[name].slice(0, 12).flatMap((line) => [...spoiled(line)])) {
      const result = OURS[name].safeParse(line);
      const accepts = validate(line);
      if (!accepts) refused++;
      // What relates one value to another is beyond a schema, and is a check of its own in the readers.
      const beyond = result.error?.issues.every(({ code }) => code === 'custom') === true;
      expect({ line: JSON.stringify(line), accepts: accepts && !beyond }).toEqual({
        line: JSON.stringify(line),
        accepts: result.success,
      });
    }
    expect(refused).toBeGreaterThan(20);
  });
});

test('an answer that the reader takes is one by the schema', () => {
  for (const line of TRAFFIC.answer) expect(() => readAnswer(JSON.stringify(line))).not.toThrow();
  expect(validators.answer([{ type: 'start', id: -1 }])).toBe(false);
  expect(() => readAnswer('[{"type":"start","id":-1}]')).toThrow();
});

test('the schemas are in the package, where exports says', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(exports['./schema/*']).toBe('./dist/schema/*');
  for (const name of LINE_NAMES) {
    expect(JSON.parse(readFileSync(`dist/schema/${name}.json`, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(jsonSchemas()[name])),
    );
  }
});
