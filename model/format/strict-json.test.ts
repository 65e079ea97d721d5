import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { parseStrict } from './strict-json.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
const figure = fc.oneof(fc.integer(), fc.constantFrom(-LARGEST, LARGEST));
const label = fc.oneof(
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.constantFrom('constructor', '', '\ud800', '\u2028', '"\\', '}', ':'),
);

describe('nothing is silently lost', () => {
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      figure,
      label,
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(
      label.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  }));

  test.prop([json.value, fc.nat({ max: 2 })])(
    'strict parsing is parsing, when there is nothing to refuse',
    (value, indent) => {
      expect(parseStrict(JSON.stringify(value, null, indent), 'here')).toEqual(
        JSON.parse(JSON.stringify(value)),
      );
    },
  );

  test('a line is read in one go, however long it is: what is not told is not looked for', () => {
    const decisions = Array.from({ length: 30_000 }, (_, id) => ({ type: 'start', id }));
    const spaced = JSON.stringify(decisions).replaceAll(':', ': ');
    expect(parseStrict(spaced, 'here')).toEqual(decisions);
    const twice = `${spaced.slice(0, -2)}, "id": 1}]`;
    expect(() => parseStrict(twice, 'here')).toThrow(
      `here: the key "id" occurs twice in one object (column ${twice.length - 8})`,
    );
  });

  test.prop([json.object, fc.nat(), json.value, fc.boolean()])(
    'a key given twice is refused, even with the same value and deep inside',
    (object, pick, other, same) => {
      const entries = Object.entries(object as Record<string, unknown>);
      fc.pre(entries.length > 0);
      const [key, value] = entries[pick % entries.length]!;
      const members = [...entries, [key, same ? value : other] as const];
      const text = `[{"a":{${members.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}}]`;
      expect(() => parseStrict(text, 'here')).toThrow(
        /^here: the key .* occurs twice in one object \(column \d+\)$/,
      );
    },
  );

  test.prop([fc.bigInt({ min: BigInt(LARGEST) + 1n }), fc.boolean(), fc.boolean()])(
    'an integer that is not read exactly is refused',
    (integer, negative, spaced) => {
      const text = `{"a":${spaced ? ' ' : ''}${negative ? -integer : integer}}`;
      expect(() => parseStrict(text, 'here')).toThrow(/^here: .*(is beyond 9007199254740991|is too large)/);
    },
  );
});
