import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { WORD_GROUPS } from '../../model/alphabet.ts';
import { traceText } from '../../model/format/write.ts';
import {
  arrives,
  cancel,
  cluster,
  enqueue,
  evict,
  LOW,
  probe,
  reserve,
  start,
  story,
  submit,
  tick,
  timeout,
} from '../../model/testing.ts';
import { main } from '../commands/main.ts';
import { ask } from '../testing/command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-optional-words-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const file = join(home, 'words.trace.jsonl');
const { config, lines } = story(
  cluster({ words: [...WORD_GROUPS] }),
  ...arrives(0, 1, LOW, start(1)),
  [1, submit(2, LOW), enqueue(2, LOW), reserve(2, 0), probe(0, 0, 3, 40)],
  [2, timeout(1)],
  [4, tick, evict(1)],
  [5, tick, cancel(1)],
);
const steps = lines.map(([at, stimulus, ...decisions]) => ({ at, stimulus, decisions }));
writeFileSync(file, traceText({ config, steps }));

describe('a trace with optional words', () => {
  test('is judged by what is asked, and by XX refused where it takes one', async () => {
    const alone = await ask(main, 'judge', file, '--property', 'memory-bound');
    expect([alone.code, alone.err]).toEqual([0, '']);
    const { code, out } = await ask(main, 'judge', file, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).violation).toMatchObject({ step: 4, rule: 'place-least-loaded' });
  });

  test('is replayed with who is in line, what a pool knows, and whose client has given up', async () => {
    const { code, out } = await ask(main, 'replay', file, '--property', 'memory-bound');
    expect(code).toBe(0);
    for (const line of [
      'reserve machine 0 for 2',
      'probe machine 0 at shard 0 (3 in flight, 40 ms)',
      'in line at machine 0: 2',
      'pool of shard 0: machine 0 (3 in flight, 40 ms; 0 ms ago)',
      'at 2 ms: timeout of 1',
      'evict 1',
      'cancel 1 (cpuMs 0, mbMs 0, cost 0)',
    ]) {
      expect(out).toContain(line);
    }
  });

  test('is exported, and says how one ended who was cancelled', async () => {
    const files = ['html', 'itf', 'perfetto'].map((kind) => join(home, `words.${kind}`));
    const options = ['html', 'itf', 'perfetto'].flatMap((kind, index) => [`--${kind}`, files[index]!]);
    const { code } = await ask(main, 'replay', file, '--property', 'memory-bound', ...options);
    expect(code).toBe(0);
    const itf = JSON.parse(readFileSync(files[1]!, 'utf8'));
    expect(itf.states.at(-1).ended).toEqual({ '#map': [[{ '#bigint': '1' }, 'cancelled']] });
    for (const path of files) expect(readFileSync(path, 'utf8')).toContain('evict');
  });
});
