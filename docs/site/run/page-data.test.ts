import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../model/input-error.ts';
import { collectRecords } from '../../../properties/records/collect.ts';
import { pageData } from '../../../properties/replay/exports/html/data.ts';
import { replay } from '../../../properties/replay/play.ts';
import { EVERYTHING } from '../../../properties/replay/range.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';
import { inflatedText, readDecisions, readPageData } from './page-data.ts';
import { playingOf } from './players.ts';

const { item: record, file } = collectRecords('counterexamples').collected[0]!;
const recording = replay({ file, scenario: record.scenario, record }, { scheduler: createXX() });
/** As a page has it. */
const data = (plays?: string) =>
  JSON.parse(
    JSON.stringify(
      pageData({ file, scheduler: 'xx', recording, ...(plays === undefined ? {} : { plays }) }, EVERYTHING),
    ),
  );

const deflated = (value: unknown): string =>
  Buffer.from(deflateSync(strToU8(JSON.stringify(value)))).toString('base64');

describe('what a page is given', () => {
  test('is read as it was written, of every record', () => {
    for (const { item, file: name } of collectRecords('counterexamples').collected) {
      const told = {
        ...{ property: item.property, rule: item.rule, step: item.step },
        ...{ entity: item.entity, message: item.message, falls: [] },
      };
      const given = { ...data('xx'), file: name, scenario: item.scenario, told };
      expect(readPageData(JSON.parse(JSON.stringify(given)))).toEqual(given);
    }
  });

  test('is played or refused in words, whatever in it was changed', () => {
    const whole = data();
    const paths = pathsOf(whole);
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const changed = structuredClone(whole);
        put(changed, path, value);
        try {
          playingOf(readPageData(changed));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).toMatch(/^[^\n]+$/);
          refused++;
        }
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(refused).toBeGreaterThan(200);
  });

  test.each([
    ['file', 7, 'the data of the page: file: expected a string, got 7'],
    ['told', { ...record, message: 'x' }, 'unknown field'],
    ['properties', ['no-such'], 'properties[0]: expected a property that this page knows, got "no-such"'],
    ['range', { from: 3, to: 2 }, 'range: expected steps from 1 to'],
    ['extra', 1, 'unknown field "extra"'],
  ])('is refused where its %s is not what it should be', (field, value, says) => {
    expect(() => readPageData({ ...data('xx'), [field]: value })).toThrow(says);
  });

  test('is refused where time runs backwards, or a shard does not exist', () => {
    const { config, stimuli } = data('xx').scenario;
    const read = (added: unknown) =>
      readPageData({ ...data('xx'), scenario: { config, stimuli: [...stimuli, added] } });
    const at = stimuli.at(-1).at as number;
    expect(() => read({ at, stimulus: { type: 'turn', shard: 99 } })).toThrow(/there is no shard 99/);
    expect(() => read({ at: at + 1, stimulus: { type: 'boot' } })).toThrow(/a second "boot"/);
    expect(read({ at, stimulus: { type: 'turn', shard: 0 } }).scenario.stimuli).toHaveLength(
      stimuli.length + 1,
    );
  });

  test('has decisions of its alphabet only, of no more steps than there are', () => {
    expect(readDecisions(deflated([[{ type: 'start', id: 1 }], null]))).toEqual([
      [{ type: 'start', id: 1 }],
      null,
    ]);
    expect(() => readDecisions(deflated([[{ type: 'stop', id: 1 }]]))).toThrow(/the decisions: \[0\]\[0\]/);
    const { player, ...others } = data();
    const many = { ...player, deflated: deflated(Array.from({ length: 9999 }, () => [])) };
    expect(() => playingOf(readPageData({ ...others, player: many }))).toThrow(/at most \d+ steps, got 9999/);
  });

  test('fills no memory, however small it was packed', () => {
    const bomb = Buffer.from(deflateSync(new Uint8Array(3_000_001))).toString('base64');
    expect(() => inflatedText(bomb, 3_000_000)).toThrow('more than 3 MB come out of it');
    expect(inflatedText(bomb, 3_000_001)).toHaveLength(3_000_001);
  });
});

/** Where something is in a value: all paths of at most four keys. */
function pathsOf(value: unknown, above: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || above.length === 4) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...above, key];
    return [path, ...pathsOf(inner, path)];
  });
}

function put(value: unknown, path: readonly string[], put: unknown): void {
  const above = path.slice(0, -1).reduce((outer, key) => (outer as Record<string, unknown>)[key], value);
  (above as Record<string, unknown>)[path.at(-1)!] = put;
}
