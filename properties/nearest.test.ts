import { describe, expect, test } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { main } from './commands/main.ts';
import { MUTANTS } from './mutants/index.ts';
import { changesBetween, didYouMean, nearest } from './nearest.ts';
import { ask } from './testing/command-line.ts';

const NAMES = ['xx', 'xx-immer', 'hermod', 'kills-the-newest', 'kills-the-largest', 'kill-iff'];

describe('what somebody may have meant', () => {
  // biome-ignore format: a table, a row a line
  const rows: [string, string | null][] = [
    ['kills-the-newst', 'kills-the-newest'],
    ['Kill-Iff', 'kill-iff'],
    ['hermot', 'hermod'],
    ['xy', 'xx'],
    ['x', 'xx'],
    ['kills', null],
    ['round-robin', null],
    ['', null],
    ['k'.repeat(1000), null],
  ];
  test.each(rows)('%j is a slip of %j', (written, name) => {
    expect(nearest(written, NAMES)).toBe(name);
    expect(didYouMean(written, NAMES)).toBe(name === null ? '' : ` (did you mean ${name}?)`);
  });

  test('is found for every name that has lost a character, doubled one, or swapped two', () => {
    const names = [...MUTANTS.map(({ name }) => name), ...CATALOGUE.map(({ id }) => id)];
    for (const [index, name] of names.entries()) {
      const slips = [name.slice(1), `${name[0]}${name}`, `${name[1]}${name[0]}${name.slice(2)}`];
      // Each slip is made in a third of all names, which are some hundreds.
      const slip = slips[index % slips.length]!;
      const found = nearest(slip, names);
      expect(changesBetween(slip, found!)).toBeLessThanOrEqual(changesBetween(slip, name));
    }
  });

  // biome-ignore format: a table, a row a line
  const commands: [string, string[], string][] = [
    ['fuzz, of a scheduler', ['fuzz', '--runs', '1', '--scheduler', 'hermodd'], 'hermod'],
    ['run, of a scheduler', ['run', 'docs/examples/home-page.scenario.jsonl', '--scheduler', 'xx-imer'], 'xx-immer'],
    ['replay, of a scheduler', ['replay', 'counterexamples', '--scheduler', 'kills-the-newst'], 'kills-the-newest'],
    ['check, of a scheduler', ['check', '--scheduler', 'kills-the-newst'], 'kills-the-newest'],
    ['simulate, of a scheduler', ['simulate', '--scheduler', 'xx,hermot'], 'hermod'],
    ['fuzz, of a property', ['fuzz', '--runs', '1', '--property', 'kil-iff'], 'kill-iff'],
    ['judge, of a property', ['judge', 'docs/examples/inversion.trace.jsonl', '--property', 'kil-iff'], 'kill-iff'],
    ['explain, of a rule', ['explain', 'kil-iff'], 'kill-iff'],
    ['explain, of a scheduler', ['explain', 'kills-the-newst'], 'kills-the-newest'],
  ];
  test.each(commands)('is said by xx %s', async (_name, argv, meant) => {
    const { code, out, err } = await ask(main, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(new RegExp(`^xx: [^\\n]*\\(did you mean ${meant}\\?\\)[^\\n]*\\n$`));
  });
});
