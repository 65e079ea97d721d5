import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { scenarioText } from '../../model/format/write.ts';
import { ask } from '../testing/command-line.ts';
import { IN_FLIGHT } from '../testing/in-flight.ts';
import { linesTooWide } from '../testing/too-wide.ts';
import { main } from './main.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-logs-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const TRACE = 'docs/examples/home-page.trace.jsonl';
const INVERSION = 'docs/examples/inversion.trace.jsonl';
const SCENARIO = 'docs/examples/home-page.scenario.jsonl';

function masked(name: string, unobserved: unknown, edit: (line: string) => string = (line) => line): string {
  const [header, ...lines] = readFileSync(TRACE, 'utf8').trimEnd().split('\n');
  const path = join(home, name);
  const first = JSON.stringify({ ...JSON.parse(header!), unobserved });
  writeFileSync(path, `${[first, ...lines.map(edit)].join('\n')}\n`);
  return path;
}

describe('xx judge of a log that is not whole', () => {
  test('says what was filled in and what is not shown, in 80 columns', async () => {
    const { code, out, err } = await ask(main, 'judge', TRACE, '--unobserved', 'bills,pages');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('accepted: 7 steps, completed as the rules permit');
    expect(out).toContain('filled in: 1 pageOut, 1 pageIn');
    expect(out).toContain('not shown: bill-exact; the log leaves out kill.bill, complete.bill');
    expect(linesTooWide(out)).toEqual([]);
  });

  test('takes what is left out from the header, which only this command reads', async () => {
    const path = masked('header.jsonl', ['pages'], (line) => {
      const { decisions, ...step } = JSON.parse(line);
      return JSON.stringify({
        ...step,
        decisions: decisions.filter(({ type }: { type: string }) => !type.startsWith('page')),
      });
    });
    const { code, out } = await ask(main, 'judge', path, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'accepted',
      steps: 7,
      violation: null,
      unobserved: ['pages'],
      filledIn: { pageOut: 1, pageIn: 1 },
      candidates: { left: 1, most: 1, limit: 128 },
      boundReachedAt: null,
    });
    const run = await ask(main, 'run', path);
    expect(run.code).toBe(2);
    expect(run.err).toContain('only `xx judge FILE` judges such logs');
  });

  test('refuses what no completion permits, with the rule that would have had to be broken', async () => {
    const { code, out } = await ask(main, 'judge', INVERSION, '--unobserved', 'pages', '--json');
    expect(code).toBe(1);
    const { verdict, violation } = JSON.parse(out);
    expect(verdict).toBe('refused');
    expect(violation).toMatchObject({ step: 6, rule: 'memory-bound', entity: 'machine 0', falls: [] });
    expect(violation.nearest).toHaveLength(1);
  });

  test('judges a whole trace as before', async () => {
    const { code, out } = await ask(main, 'judge', TRACE);
    expect({ code, out }).toEqual({ code: 0, out: 'accepted: 7 steps\n' });
  });

  test.each([
    [['--unobserved', 'page'], '"page" is nothing that a log may leave out'],
    [['--unobserved', 'turns,place'], 'turn is read off what the log says of place'],
    [['--unobserved', 'pages', '--property', 'kill-iff'], '--property: not of a log that is not whole'],
    [['--skew', '5ms'], 'format: expected a header'],
  ])('refuses %j as bad usage', async (options, expected) => {
    const { code, out, err } = await ask(main, 'judge', TRACE, ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(expected);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('refuses a header whose list of what is left out is none', async () => {
    const { code, err } = await ask(main, 'judge', masked('none.jsonl', 'pages'));
    expect(code).toBe(2);
    expect(err).toContain('line 1: unobserved: expected a list of what the log leaves out, got "pages"');
  });
});

describe('xx judge of the logs of nodes', () => {
  const folder = join(home, 'split');
  const files = ['shard-0.jsonl', 'machine-0.jsonl'].map((file) => join(folder, file));

  test('accepts what xx run --split has written', async () => {
    const plain = await ask(main, 'run', SCENARIO);
    const { code, out } = await ask(main, 'run', SCENARIO, '--split', folder);
    expect({ code, out }).toEqual({ code: 0, out: plain.out });
    const verdict = await ask(main, 'judge', ...files);
    expect(verdict).toEqual({
      code: 0,
      out: 'accepted: 21 lines of 2 logs make 7 steps that the rules permit\n',
      err: '',
    });
  });

  test('are not written where paging takes time, which is said before anything is played', async () => {
    const file = join(home, 'in-flight.scenario.jsonl');
    writeFileSync(file, scenarioText(IN_FLIGHT));
    const none = join(home, 'none');
    const { code, out, err } = await ask(main, 'run', file, '--split', none);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^xx: [^\n]*--split: [^\n]*paging takes time[^\n]*; leave out --split, or [^\n]*\n$/);
    expect(existsSync(none)).toBe(false);
    expect((await ask(main, 'run', file)).code).toBe(0);
  });

  test('shows the lines that do not fit, in 80 columns', async () => {
    await ask(main, 'run', SCENARIO, '--split', folder);
    const wrong = join(home, 'wrong.jsonl');
    const text = readFileSync(files[1]!, 'utf8').replace('"type":"start","id":2', '"type":"start","id":1');
    writeFileSync(wrong, text);
    const { code, out } = await ask(main, 'judge', files[0]!, wrong, '--skew', '1ms');
    expect(code).toBe(1);
    expect(out).toContain('wrong.jsonl:9 at 9 ms: start 1');
    expect(linesTooWide(out.replaceAll(home, ''))).toEqual([]);
  });

  test('names the file and the line of what is bad input', async () => {
    await ask(main, 'run', SCENARIO, '--split', folder);
    const bad = join(home, 'bad.jsonl');
    writeFileSync(bad, `${readFileSync(files[1]!, 'utf8')}{"at":1}\n`);
    const { code, err } = await ask(main, 'judge', files[0]!, bad);
    expect(code).toBe(2);
    expect(err).toContain('bad.jsonl: line 15: ');
  });
});
