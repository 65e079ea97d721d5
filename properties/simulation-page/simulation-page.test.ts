import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPageData } from '../../docs/site/run/page-data.ts';
import { playingOf } from '../../docs/site/run/players.ts';
import { slowdownDots } from '../../reference-impl/simulation/crowding/picture.ts';
import type { Picture } from '../../reference-impl/simulation/figures/picture.ts';
import { readOptions } from '../../reference-impl/simulation/options.ts';
import { simulate, stretchedOf } from '../../reference-impl/simulation/simulate.ts';
import { stretchOf } from '../../reference-impl/simulation/stretch.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { main } from '../commands/main.ts';
import type { PageData } from '../replay/exports/html/data.ts';
import { ask } from '../testing/command-line.ts';
import { simulationDataOf } from '../testing/simulation-data.ts';
import { peaksOfDots } from './of-workload.ts';
import { commandOf } from './parameters.ts';
import { peaksOf } from './peaks.ts';
import { inTurns, replayOf } from './replays.ts';

const home = mkdtempSync(join(tmpdir(), 'xx-simulation-'));
const page = join(home, 'figure.html');
const SMALL = ['--machines', '3', '--cores', '2', '--ram', '12000', '--runs', '1'];

beforeAll(async () => {
  const { code } = await ask(main, 'simulate', 'figure-4', ...SMALL, '--html', page);
  expect(code).toBe(0);
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The replays in a page. */
function replaysOf(path: string): PageData[] {
  const html = readFileSync(path, 'utf8');
  return [...html.matchAll(/<script id="stretch-\d+" type="text\/plain">([^<]*)<\/script>/g)].map(
    ([, packed]) => readPageData(JSON.parse(inflateRawSync(Buffer.from(packed!, 'base64')).toString())),
  );
}

/** Plays all steps. @returns how many, and what is wrong. */
function judged(data: PageData): { steps: number; finding: unknown } {
  const { steps } = playingOf(data);
  let count = 0;
  for (;;) {
    const next = steps.next();
    if (next.done) return { steps: count, finding: next.value };
    count++;
  }
}

describe('the page of a simulation', () => {
  test('loads nothing: its policy forbids that, and nothing in it asks for anything', () => {
    const html = readFileSync(page, 'utf8');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'`,
    );
    const markup = html.replaceAll(/<script[\s\S]*?<\/script>/g, '');
    expect(markup).not.toMatch(/https?:|\/\/[a-z]|<img|<iframe|@import|url\((?!#)| src=| href="(?!data:,")/i);
  });

  test('has its parameters, the command that writes it, and a replay for each peak', () => {
    const { parameters, command, peaks, picture, whyNoReplay } = simulationDataOf(page);
    expect(whyNoReplay).toBe(null);
    expect(command).toBe('xx simulate figure-4 --machines 3 --cores 2 --ram 12000 --runs 1');
    expect(Object.fromEntries(parameters)).toMatchObject({
      machines: '3',
      'cores of each': '2',
      load: '0.9',
    });
    expect(peaks.length).toBe(picture!.panels.filter(({ isSum }) => isSum !== true).length);
    expect(replaysOf(page)).toHaveLength(peaks.length);
  });

  test('has stretches of which every step is accepted, and which lie around their peaks', () => {
    const { peaks } = simulationDataOf(page);
    for (const [index, replay] of replaysOf(page).entries()) {
      const { steps, finding } = judged(replay);
      expect(finding).toBe(null);
      expect(steps).toBe(replay.scenario.stimuli.length);
      expect(replay.about).toContain('the steps of the run itself');
      const { range, scenario } = replay;
      const [from, to] = [range!.from, range!.to].map((step) => scenario.stimuli[step - 1]!.at);
      expect(from! / 1000).toBeLessThan(peaks[index]!.x);
      expect(to! / 1000).toBeGreaterThan(peaks[index]!.x - 1);
    }
  });

  test('of a run that is long has stretches that begin with who was alive, and says so', async () => {
    const options = readOptions({ machines: 2, duration: '60s', load: 1.1 });
    const stretched = stretchedOf({ options, schedulers: [] }, () => createXX());
    const stretch = await inTurns(stretchOf(stretched, 30_000, 32_000, 200), () => false);
    const replay = replayOf(stretch!, { scheduler: createXX() }, 'a workload');
    expect(replay.about).toMatch(
      /too long .*: 0 ms here is 30(\.0)? s there.* begins with the \d+ invocations alive then/,
    );
    expect(replay.range!.from).toBeGreaterThan(stretch!.alive!);
    expect(judged(readPageData(JSON.parse(JSON.stringify(replay)))).finding).toBe(null);
  });

  test('plays again by its decisions what was told how long each would run', async () => {
    const path = join(home, 'srpt.html');
    const argv = ['--scheduler', 'srpt,hermod', '--duration', '20s'];
    await ask(main, 'simulate', ...argv, '--html', path);
    const types = new Map(replaysOf(path).map(({ player }) => [player.name, player.type]));
    for (const [name, type] of types) expect(type).toBe(name === 'srpt' ? 'decisions' : 'scheduler');
    for (const replay of replaysOf(path)) expect(judged(replay).finding).toBe(null);
  });

  test('is the same again, byte for byte', async () => {
    const again = join(home, 'again.html');
    await ask(main, 'simulate', 'figure-4', ...SMALL, '--html', again);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(page, 'utf8'));
  });

  test('shows theory, too, and says why nothing there leads to a replay', async () => {
    const path = join(home, 'theory.html');
    const argv = ['--law', 'erlang-c', '--functions', '1000', '--replications', '2'];
    await ask(main, 'simulate', 'theory', ...argv, '--html', path);
    const { picture, peaks, whyNoReplay } = simulationDataOf(path);
    expect(whyNoReplay).toContain('each figure is a mean over whole replications');
    expect(picture!.panels[0]!.lines.map(({ name }) => name)).toEqual(['off by', 'interval, ±', 'allowed']);
    expect(peaks).toEqual([]);
    expect(readFileSync(path, 'utf8')).not.toContain('id="play"');
  });

  test('says so where a run is too long to be played again for a replay', async () => {
    const input = { options: readOptions({ machines: 2, duration: '5s' }), schedulers: [] };
    const run = { ...simulate({ ...input, schedulers: [createXX()] }).runs[0]!, steps: 3_000_001 };
    const dots = slowdownDots('long', [run], [0]);
    const found = await peaksOfDots(
      input,
      [run],
      dots,
      [0],
      () => createXX(),
      'long',
      () => false,
    );
    expect(found).toMatchObject({ peaks: [], replays: [] });
    expect(found!.whyNoReplay).toContain('a run of more than 3,000,000 steps (xx)');
  });

  test('of several loads says that the page of one has replays', async () => {
    const path = join(home, 'loads.html');
    const argv = ['--scheduler', 'xx', '--machines', '1', '--duration', '5s', '--sweep', 'load=0.2,0.4'];
    await ask(main, 'simulate', 'crowding', ...argv, '--html', path);
    expect(simulationDataOf(path)).toMatchObject({
      ...{ dots: null, peaks: [] },
      whyNoReplay: expect.stringContaining('each point is a whole run at another load'),
    });
  });
});

describe('a peak', () => {
  const stroke = { colour: '#000000', dash: [], width: 1 };
  const picture = (panels: Picture['panels']): Picture => ({
    ...{ title: '', caption: '', marks: [], xAxis: { least: 0, most: 3 } },
    panels,
  });
  const panel = { title: '', xName: '', yName: '' };
  const line = (name: string, ...ys: (number | null)[]) => ({
    ...{ name, stroke, scheduler: name },
    points: ys.map((y, x) => [x, y] as const),
  });

  test('is the first of the highest points of a panel, whosever line it is', () => {
    const lines = [line('xx', 1, null, 2), line('hermod', 1, 3, 3)];
    expect(peaksOf(picture([{ ...panel, lines }]))).toMatchObject([{ panel: 0, point: 1, x: 1, y: 3 }]);
  });

  test('is not of what only goes up, of what is never there, or of nobody', () => {
    const { scheduler: _, ...nobodys } = line('limit', 9);
    const panels = [
      { ...panel, isSum: true, lines: [line('xx', 1, 2)] },
      { ...panel, lines: [line('xx', null, 0)] },
      { ...panel, lines: [nobodys] },
    ];
    expect(peaksOf(picture(panels))).toEqual([]);
  });
});

test('a command is what somebody would type, without where results went', () => {
  const raw = { machines: '3', trace: ['a b.csv', "it's.csv"], judge: true, html: 'x.html', csv: undefined };
  expect(commandOf(null, raw)).toBe(`xx simulate --machines 3 --trace 'a b.csv' 'it'\\''s.csv' --judge`);
  expect(commandOf('figure-3', {})).toBe('xx simulate figure-3');
});
