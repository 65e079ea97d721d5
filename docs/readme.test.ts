import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readScenario } from '../model/format/lines.ts';
import { wordsOfStimulus } from '../model/words.ts';
import { main } from '../properties/commands/main.ts';
import { messageAlone } from '../properties/play/also-violated.ts';
import { type PageData, pageData } from '../properties/replay/exports/html/data.ts';
import { load, type Playable } from '../properties/replay/load.ts';
import { replayTrace } from '../properties/replay/play.ts';
import { EVERYTHING } from '../properties/replay/range.ts';
import { ask } from '../properties/testing/command-line.ts';
import { firstDifference } from './site/run/compare.ts';
import { PlayedFilm } from './site/run/film.ts';
import { playingBeside, playingOf } from './site/run/players.ts';

const README = readFileSync('README.md', 'utf8');
const CONSOLES = ['README.md', 'docs/README.md', 'docs/protocol.md'].flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/```console\n\$ npx xx ([^\n]*)\n([\s\S]*?)```/g)].map(
    ([, command, output]): [string, string, string] => [page, command!, output!],
  ),
);

test('the README, the first page of the docs and the protocol show commands', () => {
  expect(CONSOLES.length).toBeGreaterThanOrEqual(3);
});

test.each(CONSOLES)('%s shows what `xx %s` prints', async (_page, command, output) => {
  const { out, err } = await ask(main, ...wordsOf(command));
  expect(`${out}${err}`).toBe(output);
});

test('every command of the README exists, with its options, and none is left out', async () => {
  const shown = [...README.matchAll(/npx xx (?<command>[a-z]+)(?<rest>[^`\n]*)/g)];
  for (const { groups } of shown) {
    const { code, out } = await ask(main, groups!.command!, '--help');
    expect(code, groups!.command).toBe(0);
    for (const [option] of groups!.rest!.matchAll(/--[a-z-]+/g)) expect(out).toContain(option);
  }
  const { out } = await ask(main, '--help');
  const all = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) \[/gm)].map(
    ([, name]) => name!,
  );
  const named = new Set(shown.map(({ groups }) => groups!.command!));
  expect(all.filter((name) => name !== 'help' && !named.has(name))).toEqual([]);
});

test('the scripts that the README and the docs name are there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = ['README.md', 'docs/README.md', 'CONTRIBUTING.md'].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/npm (?:run ([a-z:]+)|(test|start))/g)].map(
      ([, run, plain]) => run ?? plain!,
    ),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('the picture of the README still shows what happens (otherwise: npm run site:picture)', async () => {
  expect(README).toContain('](docs/figures/replay.png)');
  const [signature, width, height] = sizeOfPng(readFileSync('docs/figures/replay.png'));
  expect([signature, width, height]).toEqual(['PNG', 1200, 800]);
  const shown = JSON.parse(readFileSync('docs/figures/replay.json', 'utf8'));
  const { file, beside } = shown;
  const { data } = await onePage(file);
  const film = new PlayedFilm(playingOf(data));
  film.play();
  const { step, property } = film.finding!;
  const { stimulus, at } = data.scenario.stimuli[step - 1]!;
  expect(shown).toEqual({
    file,
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    beside,
    verdict: `✗ Step ${step} of ${film.recorded.length} violates ${property} (section 3.2), ${data.player.name}`,
    step: `Step ${step}, at ${at} ms: ${wordsOfStimulus(stimulus)}`,
    // On the page what stands between backticks is code.
    wrong: messageAlone(film.finding!).replaceAll('`', ''),
  });
  const other = new PlayedFilm(playingBeside(data, beside));
  other.play();
  expect(firstDifference(film.recorded, other.recorded, true)).toBe(step);
});

/** What a page is given of a trace. */
async function onePage(file: string): Promise<{ data: PageData }> {
  const playable = (await load(file)) as Playable;
  const recording = replayTrace(playable, playable.decisions!);
  return { data: pageData({ file, scheduler: 'the decisions of the trace', recording }, EVERYTHING) };
}

/** What its first bytes say of a picture. */
function sizeOfPng(bytes: Buffer): [string, number, number] {
  return [bytes.toString('latin1', 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test('the first page of the docs tells the example as it is played', () => {
  const [, table] = /## One example\n([\s\S]*?)\n## /.exec(readFileSync('docs/README.md', 'utf8'))!;
  const told = [...table!.matchAll(/^\| (\d+) ms /gm)].map(([, at]) => Number(at));
  const { stimuli } = readScenario(
    readFileSync('docs/examples/home-page.scenario.jsonl', 'utf8').trimEnd().split('\n'),
  );
  expect(told).toEqual(stimuli.slice(1).map(({ at }) => at));
});

/** The words of a command line, as a shell splits them where quotes are single. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}
