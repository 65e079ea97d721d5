import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PART_IDS } from '../../model/alphabet.ts';
import { scenarioText } from '../../model/format/write.ts';
import { narrowed } from '../../model/parts.ts';
import { boot, cluster, finish, LOW, submit, turn } from '../../model/testing.ts';
import { ask } from '../testing/command-line.ts';
import { main } from './main.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-parts-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const FIRST_PART = ['--exec', 'node docs/examples/first-part.mjs'];
const TRACE = 'docs/examples/home-page.trace.jsonl';
const WHOLE = 'docs/examples/home-page.scenario.jsonl';

/** A scenario of three steps, of a cluster that leaves out everything that can be. */
const NARROW = join(home, 'narrow.scenario.jsonl');
const stimuli = [boot, submit(1, LOW), turn(), finish(1)].map((stimulus) => ({ at: 0, stimulus }));
writeFileSync(NARROW, scenarioText({ config: narrowed(cluster(), PART_IDS), stimuli }));

describe('a part that is left out', () => {
  test('is said in the header of a trace, and so its judge knows', async () => {
    const { out: trace } = await ask(main, 'run', WHOLE, '--without', 'idle-lists');
    expect(trace.split('\n')[0]).toMatch(/"without":\["idle-lists"\]\}\}$/);
    expect(trace).not.toContain('"list"');
    const file = join(home, 'polls.trace.jsonl');
    writeFileSync(file, trace);
    const { code, out } = await ask(main, 'judge', file);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'accepted: 7 steps\nNot tried, since the scheduler is without: idle-lists.\n',
    });
    const { out: json } = await ask(
      main,
      'judge',
      file,
      '--json',
      '--property',
      'idle-list-true',
      'answered',
    );
    expect(JSON.parse(json)).toMatchObject({
      without: ['idle-lists'],
      properties: [{ verdict: 'not applicable' }, { verdict: 'holds' }],
    });
  });

  test('is one with which a trace that has it is refused', async () => {
    const { code, out } = await ask(main, 'judge', TRACE, '--without', 'idle-lists');
    expect(code).toBe(1);
    expect(out).toContain('list belongs to idle-lists');
    expect((await ask(main, 'judge', TRACE)).code).toBe(0);
  });

  test('is left out of what is replayed, which says so', async () => {
    const { code, out } = await ask(main, 'replay', NARROW, ...FIRST_PART);
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `Not tried, since the scheduler is without: ${PART_IDS.join(', ')}.`,
    );
    const { out: json } = await ask(main, 'replay', NARROW, '--json');
    expect(JSON.parse(json).results).toMatchObject([{ verdict: 'accepted', without: PART_IDS }]);
  });

  test('is left out of an exploration', async () => {
    const { code, out } = await ask(main, 'check', '--without', 'idle-lists', '--invocations', '2', '--json');
    const { instance, properties } = JSON.parse(out);
    expect(code).toBe(0);
    expect(instance.without).toEqual(['idle-lists']);
    expect(properties).toContainEqual({
      ...{ id: 'idle-list-true', met: 0, verdict: 'not applicable' },
      why: 'it rests on idle-lists, which the scheduler is without',
    });
    const { err } = await ask(main, 'check', '--without', 'swap', '--swap', '1');
    expect(err).toBe(
      'xx: --swap: expected 0, since --without leaves out swap, got 1; leave out one of the two\n',
    );
  });

  test('is left out of a simulation, also when a process says so itself', async () => {
    const how = ['--functions', '40', '--judge', '--json'];
    const { code, out, err } = await ask(main, 'simulate', ...how, ...FIRST_PART);
    expect({ code, err: err.split(':')[1] }).toEqual({
      code: 0,
      err: ' node docs/examples/first-part.mjs is without calls, budgets, faults, antagonists, idle-lists, swap, shrink, paging, overflow',
    });
    const { assumed, runs } = JSON.parse(out);
    expect(assumed).toMatchObject({ without: PART_IDS, swapMb: 0 });
    expect(runs).toMatchObject([
      { scheduler: 'xx', functions: 40 },
      { scheduler: FIRST_PART[1], functions: 40 },
    ]);
    for (const { verdict } of runs) expect(verdict).toMatch(/^accepted/);
    expect((await ask(main, 'simulate', '--without', 'calls', '--calls', '0.5:1')).err).toMatch(
      /^xx: --calls: expected 0, since calls are left out, got 0\.5:1/,
    );
  });
});

test('a file is not changed for a process that lacks what it has: it is refused, with what to add', async () => {
  for (const command of ['run', 'replay']) {
    const { code, err } = await ask(main, command, WHOLE, ...FIRST_PART);
    expect(code).toBe(2);
    expect(err).toMatch(
      /home-page\.scenario\.jsonl: .*hello says that it is without calls.*add --without calls /,
    );
  }
});
