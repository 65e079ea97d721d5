import { afterEach, describe, expect, test } from 'vitest';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import { ask } from '../testing/command-line.ts';
import { linesTooWide } from '../testing/too-wide.ts';
import { main } from './main.ts';

/**
 * A signal that came before anything was simulated: a figure says what it leaves out, and why. Runs have some time to end
 * all the same, so these are too long for that on any machine.
 */

const SIGTERM = 15;
afterEach(() => {
  stopSign().signal = 0;
});

function stopped(...argv: string[]) {
  stopSign().signal = SIGTERM;
  return ask(main, 'simulate', ...argv);
}

// biome-ignore format: a table, a row a line
const FIGURES: [string, string[], string[]][] = [
  ['a figure', ['figure-3', '--machines', '2000'], ['xx', 'hermod']],
  ['a figure of one scheduler', ['figure-4', '--scheduler', 'xx-fifo', '--machines', '2000'], ['xx-fifo']],
  ['a sweep', ['figure-4', '--sweep', 'load=0.5,0.7'], ['load 0.5', 'load 0.7']],
  ['a sweep over memory, in GB as its plots', ['figure-4', '--sweep', 'swap=0,1500'], ['swap 0', 'swap 1.5']],
];

describe.each(FIGURES)('%s', (_, argv, missing) => {
  test('says in words what is not shown, and why', async () => {
    const { code, out, err } = await stopped(...argv);
    expect({ code, err }).toEqual({ code: 143, err: '' });
    expect(linesTooWide(out)).toEqual([]);
    expect(out.replaceAll(/\s+/g, ' ').trim()).toBe(
      `Interrupted: not simulated, and so not shown: ${missing.join(' and ')}. Runs that were under way had 1.5 s to end; of schedulers with one that takes longer nothing is left, also of their earlier runs.`,
    );
  });

  test('says the same as JSON', async () => {
    const { code, out } = await stopped(...argv, '--json');
    expect(code).toBe(143);
    expect(JSON.parse(out)).toMatchObject({ runs: [], interrupted: { notSimulated: missing, cutShort: [] } });
  });
});

describe.each([
  ['a workload', ['--functions', '20', '--scheduler', 'xx,hermod']],
  ['a comparison', ['crowding', '--scheduler', 'xx,hermod', '--functions', '20']],
])('%s', (_, argv) => {
  test('says whose turn never came', async () => {
    const { code, out } = await stopped(...argv);
    expect(code).toBe(143);
    expect(out).toMatch(/Interrupted: not simulated, and so not shown: xx and hermod\./);
    const json = await stopped(...argv, '--json');
    expect(JSON.parse(json.out).interrupted).toEqual({ notSimulated: ['xx', 'hermod'] });
  });
});
