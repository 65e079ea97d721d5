import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { PageData } from '../replay/exports/html/data.ts';
import { ask } from '../testing/command-line.ts';
import { main } from './main.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-pages-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const SCENARIO = 'docs/examples/home-page.scenario.jsonl';
const INVERSION = 'docs/examples/inversion.trace.jsonl';
const RECORD = 'counterexamples/kill-iff-d6bef0f2.json';
const WRONG = ['--scheduler', 'kills-the-newest', '--out', join(home, 'found')];
/** By one property alone, so that what is found is shrunk in a moment. */
const OF_A_KILL = ['--property', 'kill-iff'];

function dataOf(path: string): PageData {
  const [, json] = /<script id="data" type="application\/json">([^<]*)<\/script>/.exec(
    readFileSync(path, 'utf8'),
  )!;
  return JSON.parse(json!);
}

describe('--html', () => {
  test('of xx judge writes the trace that was judged, and leaves what is said on standard output', async () => {
    const path = join(home, 'judge.html');
    const plain = await ask(main, 'judge', INVERSION);
    const { code, out, err } = await ask(main, 'judge', INVERSION, '--html', path);
    expect({ code, out }).toEqual({ code: 1, out: plain.out });
    expect(err).toMatch(/^xx: --html written to \S+judge\.html \([\d.]+ MB\)\n$/);
    expect(dataOf(path)).toMatchObject({ file: INVERSION, player: { type: 'decisions' }, told: { step: 6 } });
  });

  test('of xx run writes what was played, by a scheduler that the page can play again', async () => {
    const path = join(home, 'run.html');
    const plain = await ask(main, 'run', SCENARIO);
    const { code, out } = await ask(main, 'run', SCENARIO, '--html', path);
    expect({ code, out }).toEqual({ code: 0, out: plain.out });
    expect(dataOf(path)).toMatchObject({ player: { type: 'scheduler', name: 'xx' }, told: null });
  });

  test('of xx run that is not judged shows all of it, also of a scheduler that XX would refuse', async () => {
    const path = join(home, 'peer.html');
    expect((await ask(main, 'run', SCENARIO, '--scheduler', 'hermod', '--html', path)).code).toBe(0);
    expect(dataOf(path)).toMatchObject({ properties: ['possible-decision'], told: null });
    const judged = await ask(main, 'run', SCENARIO, '--scheduler', 'hermod', '--judge', '--html', path);
    expect(judged.code).toBe(1);
    expect(dataOf(path)).toMatchObject({ properties: [], told: { property: 'idle-list-true' } });
  });

  test('of xx run has the decisions of a process, and names no directory', async () => {
    const path = join(home, 'exec.html');
    await ask(
      main,
      'run',
      SCENARIO,
      '--exec',
      `node ${join(process.cwd(), 'docs/examples/serve.mjs')}`,
      '--html',
      path,
    );
    expect(dataOf(path).player).toMatchObject({ type: 'decisions', name: 'node serve.mjs' });
    expect(readFileSync(path, 'utf8')).not.toContain(process.cwd());
  });

  test('of xx fuzz writes what was found, shrunk, and names the file', async () => {
    const path = join(home, 'fuzz.html');
    const { code, err } = await ask(
      main,
      'fuzz',
      '--runs',
      '500',
      '--workers',
      '1',
      ...WRONG,
      ...OF_A_KILL,
      '--html',
      path,
    );
    expect(code).toBe(1);
    expect(err).toContain(`--html written to ${path}`);
    const { told, scenario, player } = dataOf(path);
    expect(player).toEqual({ type: 'scheduler', name: 'kills-the-newest' });
    expect(told!.step).toBe(scenario.stimuli.length);
  });

  test('of xx check writes what was found', async () => {
    const path = join(home, 'check.html');
    const sizes = ['--invocations', '2', '--machines', '1', '--cores', '1', '--workers', '1'];
    const { code } = await ask(main, 'check', ...sizes, ...WRONG, '--html', path);
    expect(code).toBe(1);
    expect(dataOf(path).told).not.toBe(null);
  });

  test('says that there is no page when nothing was found', async () => {
    const path = join(home, 'nothing.html');
    const { code, err } = await ask(
      main,
      'fuzz',
      '--runs',
      '5',
      '--workers',
      '1',
      '--property',
      'admit',
      '--html',
      path,
    );
    expect(code).toBe(0);
    expect(err).toContain('xx: --html: nothing was found, so there is no page to write');
    expect(existsSync(path)).toBe(false);
  });

  // biome-ignore format: a table, a row a line
  const bad: [string, string[], RegExp][] = [
    ['the trace itself', ['judge', INVERSION, '--html', INVERSION], /would be written over what is read/],
    ['the trace under another name', ['judge', INVERSION, '--html', `./${INVERSION}`], /would be written over what is read/],
    ['the real trace of a simulation', ['simulate', '--trace', INVERSION, '--html', `./${INVERSION}`], /would be written over what is read/],
    ['what is replayed under another name', ['replay', INVERSION, '--itf', `./${INVERSION}`], /would be written over/],
    ['a directory', ['run', SCENARIO, '--html', home], /is not a file; name a file to write/],
    ['a path below a file', ['fuzz', '--runs', '1', '--html', join(SCENARIO, 'x')], /is below a file, not a directory/],
    ['a directory, in check', ['check', '--html', home], /is not a file; name a file to write/],
  ];
  test.each(bad)('refuses %s in one line, before anything is played', async (_name, line, message) => {
    const { code, out, err } = await ask(main, ...line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^xx: [^\n]+\n$/);
    expect(err).toMatch(message);
  });

  // biome-ignore format: a table, a row a line
  const VERDICTS: [string, number, string[], string[]][] = [
    ['judge, refused', 1, ['judge', INVERSION], ['--html']],
    ['judge, accepted', 2, ['judge', 'docs/examples/home-page.trace.jsonl'], ['--html']],
    ['run, refused', 1, ['run', SCENARIO, '--judge', '--scheduler', 'hermod'], ['--html']],
    ['run, accepted', 2, ['run', SCENARIO, '--judge'], ['--html']],
    ['replay, as recorded', 1, ['replay', RECORD], ['--html', '--perfetto', '--itf']],
    ['replay, no longer', 4, ['replay', RECORD, '--scheduler', 'xx'], ['--html', '--perfetto', '--itf']],
    ['fuzz, violated', 1, ['fuzz', '--runs', '500', '--workers', '1', ...WRONG, ...OF_A_KILL], ['--html']],
    ['check, violated', 1, ['check', '--invocations', '2', '--machines', '1', '--cores', '1', '--workers', '1', ...WRONG], ['--html']],
    ['simulate', 2, ['simulate', '--functions', '5'], ['--html']],
  ];
  test.each(VERDICTS)(
    'that cannot be written leaves the verdict of %s, exit code %i',
    async (_, expected, line, options) => {
      const plain = await ask(main, ...line, '--json');
      for (const option of options) {
        const { code, out, err } = await ask(main, ...line, '--json', option, '/dev/full');
        expect({ option, code }).toEqual({ option, code: expected });
        expect(withoutTimes(out)).toBe(withoutTimes(plain.out));
        expect(err).toMatch(/^xx: \/dev\/full: the disk is full; make room, or name another place$/m);
      }
    },
  );

  // biome-ignore format: a table, a row a line
  const OUTPUTS: [string, string[]][] = [
    ['judge', ['judge', INVERSION, '--json', '--html']],
    ['run', ['run', SCENARIO, '--html']],
    ['replay', ['replay', RECORD, '--json', '--html']],
    ['replay for Perfetto', ['replay', RECORD, '--json', '--perfetto']],
    ['replay for ITF', ['replay', RECORD, '--json', '--itf']],
    ['fuzz', ['fuzz', '--runs', '1', '--json', '--html']],
    ['fuzz for JUnit', ['fuzz', '--runs', '1', '--reporter', 'junit', '--html']],
    ['check', ['check', '--json', '--html']],
    ['simulate', ['simulate', '--json', '--html']],
  ];
  test.each(OUTPUTS)('of %s is refused where the output for programs goes', async (_, line) => {
    const { code, out, err } = await ask(main, ...line, '/dev/stdout');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      /^xx: --(html|perfetto|itf): \/dev\/stdout is standard output, where .* goes; name another file\n$/,
    );
  });

  const QUIET = [
    'fuzz',
    '--runs',
    '5',
    '--workers',
    '1',
    '--property',
    'admit',
    '--out',
    join(home, 'quiet'),
  ];

  test('of an earlier run is removed when nothing is found, or the scheduler breaks off', async () => {
    const path = join(home, 'earlier.html');
    for (const line of [QUIET, ['fuzz', '--runs', '5', '--out', join(home, 'quiet'), '--exec', 'exit 7']]) {
      await ask(main, 'judge', INVERSION, '--html', path);
      const { err } = await ask(main, ...line, '--html', path);
      expect(err).toContain(`xx: --html: ${path} was a page of an earlier run, and was removed\n`);
      expect(existsSync(path)).toBe(false);
    }
  });

  test('leaves alone what is no page, when nothing is found', async () => {
    const notes = join(home, 'notes.html');
    writeFileSync(notes, 'precious');
    symlinkSync(notes, join(home, 'link.html'));
    for (const path of [notes, join(home, 'link.html')]) {
      const { code, err } = await ask(main, ...QUIET, '--html', path);
      expect(code).toBe(0);
      expect(err).toContain(`xx: --html: ${path} is of no run of xx, and was left as it is\n`);
    }
    expect(readFileSync(notes, 'utf8')).toBe('precious');
    const { err } = await ask(main, ...QUIET, '--html', '/dev/null');
    expect(err).toBe('xx: --html: nothing was found, so there is no page to write\n');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

/** What was printed, but for what the clock says. */
function withoutTimes(json: string): string {
  return json.replace(/"(seconds|\w+PerSecond)":[\d.]+/g, '');
}
