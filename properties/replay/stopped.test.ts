import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterAll, describe, expect } from 'vitest';
import { main } from '../commands/main.ts';
import { contestantOf } from '../contestants/contestants.ts';
import { ask } from '../testing/command-line.ts';
import { filesToReplay, load, type Playable } from './load.ts';
import { replay, replayTrace } from './play.ts';

/** A replay that is stopped before its end, and replays of many files, of which one is in memory at a time. */

const home = mkdtempSync(join(tmpdir(), 'xx-stopped-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const SCENARIO = 'docs/examples/home-page.scenario.jsonl';
const TRACE = 'docs/examples/home-page.trace.jsonl';

describe('a stop', () => {
  test.prop([fc.nat({ max: 200 })])(
    'at any moment leaves the steps that were played by then, and calls nothing accepted',
    async (asked) => {
      const playable = (await load(SCENARIO)) as Playable;
      let left = asked;
      const recording = replay(playable, contestantOf({ scheduler: 'xx' }), [], {
        isStopped: () => left-- <= 0,
      });
      const of = playable.scenario.stimuli.length;
      expect(recording.steps).toHaveLength(Math.min(asked, of));
      // Whether properties of the whole run were judged by then takes more questions than there are steps.
      if (asked < of) expect(recording.isInterrupted).toBe(true);
      if (recording.isInterrupted !== true) expect(left).toBeGreaterThanOrEqual(0);
    },
  );

  test('comes between the steps of a trace as well', async () => {
    const playable = (await load(TRACE)) as Playable;
    let left = 3;
    const stopped = replayTrace(playable, playable.decisions!, [], { isStopped: () => left-- <= 0 });
    expect(stopped).toMatchObject({ isInterrupted: true, finding: null });
    expect(stopped.steps).toHaveLength(3);
    expect(replayTrace(playable, playable.decisions!).isInterrupted).toBe(undefined);
  });
});

describe('many files', () => {
  const crowd = join(home, 'crowd');
  mkdirSync(crowd);
  const scenario = readFileSync(SCENARIO);
  for (let index = 0; index < 12; index++) writeFileSync(join(crowd, `${index}.scenario.jsonl`), scenario);
  mkdirSync(join(crowd, '1'));
  writeFileSync(join(crowd, '1', 'bad.scenario.jsonl'), 'x');

  test('are replayed in the order of their paths, and one that cannot be read sets aside itself', async () => {
    const { code, out } = await ask(main, 'replay', crowd, '--json');
    expect(code).toBe(2);
    const { results, setAside } = JSON.parse(out);
    const files = [...Array(12).keys()].map((index) => join(crowd, `${index}.scenario.jsonl`)).sort();
    expect(results.map(({ file }: { file: string }) => file)).toEqual(files);
    expect(setAside).toMatchObject([{ file: join(crowd, '1', 'bad.scenario.jsonl') }]);
    const named = [...filesToReplay([crowd])];
    expect(named).toEqual([...named].sort());
  });

  test('are not read before their turn', () => {
    const [first] = filesToReplay([crowd, join(home, 'nowhere')]);
    expect(first).toBe(join(crowd, '0.scenario.jsonl'));
  });

  test('a scheduler that breaks off in one leaves what came of those before it', async () => {
    const broken = join(home, 'broken.scenario.jsonl');
    writeFileSync(broken, scenario);
    const bad = join(crowd, '1', 'bad.scenario.jsonl');
    const command = `node docs/examples/serve.mjs | sed -u 9q`;
    const { code, out, err } = await ask(main, 'replay', bad, broken, '--exec', command, '--json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      setAside: [{ file: bad }],
      broken: expect.stringContaining(command),
    });
    expect(err).toMatch(/^xx: [^\n]+ on step \d/m);
  });
});
