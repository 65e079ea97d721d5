import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LiveLog } from './live-log.ts';
import { Repeats } from './repeats.ts';
import { toldOf } from './testing-edits.ts';

const LINES = readFileSync('docs/examples/home-page.trace.jsonl', 'utf8').trimEnd().split('\n');
const [HEADER] = LINES as [string];

describe('a live log', () => {
  test('may have a header at the beginning of each file, and blank lines', () => {
    const log = new LiveLog([]);
    expect(toldOf([...LINES.slice(0, 4), '', HEADER, ...LINES.slice(4)], log)).toEqual([]);
    expect(log).toMatchObject({ begun: 1, steps: LINES.length - 1 });
  });

  test('may begin anew with a header and a boot, of another cluster as well', () => {
    const other = HEADER.replace(/"seed":\d+/, '"seed":4711');
    expect(other).not.toBe(HEADER);
    const log = new LiveLog([]);
    expect(toldOf([...LINES, other, ...LINES.slice(1)], log)).toEqual([]);
    expect(log).toMatchObject({ begun: 2, steps: 2 * (LINES.length - 1) });
  });

  test('is refused a header of another cluster after which nothing boots', () => {
    const other = HEADER.replace(/"seed":\d+/, '"seed":4711');
    const [told] = toldOf([...LINES.slice(0, 4), other, ...LINES.slice(4)]);
    expect(told).toMatchObject({ type: 'unreadable', line: 6 });
    expect(told!.message).toContain('of another cluster');
  });

  test('is judged without the parts that are left out, which nothing in it may use', () => {
    expect(toldOf(LINES, new LiveLog([], ['faults']))).toEqual([]);
    const [told] = toldOf(LINES, new LiveLog([], ['idle-lists']));
    expect(told).toMatchObject({ type: 'violation' });
    expect(() => toldOf(LINES, new LiveLog([], ['swap']))).toThrow(/--without leaves out swap/);
  });

  test('is told a boot without a header, after which everything is new', () => {
    const log = new LiveLog([]);
    const told = toldOf([...LINES, ...LINES.slice(1)], log);
    expect(told).toMatchObject([
      { type: 'impossible', line: LINES.length + 1, inDoubt: { everything: true } },
    ]);
    expect(log.begun).toBe(2);
  });

  test.each([
    ['no JSON', 'nonsense', /^line 4: not JSON/],
    ['no step', '{"at":1}', /^line 4: stimulus: /],
    ['a number that JSON changes', '{"at":1e400,"stimulus":{"type":"tick"},"decisions":[]}', /^line 4: /],
  ])('says of %s where it is, and goes on', (_name, line, message) => {
    const log = new LiveLog([]);
    const told = toldOf([...LINES.slice(0, 3), line, ...LINES.slice(3)], log);
    expect(told).toMatchObject([{ type: 'unreadable', line: 4, message: expect.stringMatching(message) }]);
    expect(log.steps).toBe(LINES.length - 1);
  });

  test('takes from a line that is cut off what can be read of it, and makes up the answer', () => {
    const index = LINES.findIndex((line) => line.includes('"finish"'));
    const line = LINES[index]!;
    const cut = line.slice(0, line.indexOf('"decisions"') + 14);
    const log = new LiveLog([]);
    const told = toldOf(LINES.toSpliced(index, 1, cut), log);
    expect(told[0]).toMatchObject({ type: 'unreadable', line: index + 1, mayFollowFrom: null });
    expect(told[0]!.believed[0]).toContain('`complete ');
    expect(log.steps).toBe(LINES.length - 1);
  });

  test('is of no known cluster without its header, and refused', () => {
    expect(() => new LiveLog([]).take(LINES[1]!, 1)).toThrow(/^line 1: expected the header/);
    expect(() => new LiveLog([]).lose(1, 'line 1: is not valid UTF-8')).toThrow('line 1: is not valid UTF-8');
  });
});

describe('follow-ons', () => {
  const [incident] = toldOf([...LINES.slice(0, 3), 'nonsense']) as [never];
  const of = (rule: string, line: number): never =>
    ({ ...(incident as object), type: 'violation', rule, mayFollowFrom: { line, step: line } }) as never;

  test('of one kind and place are told the first time, the second, the fourth, the eighth', () => {
    const repeats = new Repeats();
    const told = Array.from({ length: 20 }, () => repeats.timesIfTold(of('kill-iff', 3)));
    expect(told.filter((times) => times !== null)).toEqual([1, 2, 4, 8, 16]);
  });

  test('of another rule or place are told as well, and what follows from nothing always', () => {
    const repeats = new Repeats();
    for (let times = 0; times < 3; times++) repeats.timesIfTold(of('kill-iff', 3));
    expect(repeats.timesIfTold(of('bill-exact', 3))).toBe(1);
    expect(repeats.timesIfTold(of('kill-iff', 4))).toBe(1);
    for (let times = 0; times < 3; times++) expect(repeats.timesIfTold(incident)).toBe(1);
  });
});
