import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { TimedStimulus } from '../../../../model/alphabet.ts';
import { createXX } from '../../../../reference-impl/xx/xx.ts';
import { MUTANTS } from '../../../mutants/index.ts';
import { collectRecords } from '../../../records/collect.ts';
import type { Film } from '../../moment.ts';
import { replay, replayTrace } from '../../play.ts';
import { estimatedLength, piecesOf } from '../exporter.ts';
import type { PageData } from './data.ts';
import { htmlExporter } from './page.ts';

const { item: record, file } = collectRecords('counterexamples').collected.find(
  ({ item }) => item.scheduler === 'kills-the-newest',
)!;

/** The most that a page may have beside the scenario. */
const LARGEST_BESIDE = 400_000;

function film(name = file): Film {
  const { scenario, scheduler } = record;
  const wrong = MUTANTS.find((mutant) => mutant.name === scheduler)!.create();
  const recording = replay({ file, scenario, record }, { scheduler: wrong });
  return { file: name, scheduler, plays: scheduler, recording };
}

/** A film of so many steps in which nothing happens. */
function long(steps: number): Film {
  const tick = (at: number): TimedStimulus => ({
    at,
    stimulus: at === 0 ? { type: 'boot' } : { type: 'tick' },
  });
  const scenario = {
    config: record.scenario.config,
    stimuli: Array.from({ length: steps }, (_, at) => tick(at)),
  };
  const scheduler = createXX();
  const recording = replay({ file: 'long', scenario, record: null }, { scheduler }, ['memory-bound']);
  return { file: 'long', scheduler: 'xx', plays: 'xx', recording };
}

function htmlText(shown: Film): string {
  return [...piecesOf(htmlExporter, shown)].join('');
}

function dataOf(html: string): PageData {
  return JSON.parse(/<script id="data" type="application\/json">([^<]*)<\/script>/.exec(html)![1]!);
}

describe('the page of a replay', () => {
  test('loads nothing: its policy forbids that, and nothing in it asks for anything', () => {
    const html = htmlText(film());
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"`,
    );
    const markup = html.replaceAll(/<script[\s\S]*?<\/script>/g, '');
    expect(markup).not.toMatch(/https?:|\/\/[a-z]|<img|<iframe|@import|url\((?!#)| src=| href="(?!data:,")/i);
  });

  test('has the scenario, who plays it and what was found', () => {
    const { scenario, player, told, leavesOut } = dataOf(htmlText(film()));
    expect(scenario).toEqual(record.scenario);
    expect(player).toEqual({ type: 'scheduler', name: 'kills-the-newest' });
    expect(told).toMatchObject({ step: record.step, property: 'kill-iff', message: record.message });
    expect(leavesOut).toBe(true);
  });

  test('has the decisions where nobody in it could take them again', () => {
    const shown = film();
    const { plays: _, ...others } = { ...shown, scheduler: 'node serve.mjs' };
    const { player } = dataOf(htmlText(others));
    if (player.type !== 'decisions') throw new Error('expected decisions');
    expect(player.name).toBe('node serve.mjs');
    const decisions = JSON.parse(inflateRawSync(Buffer.from(player.deflated, 'base64')).toString());
    expect(decisions).toEqual(shown.recording.steps.map((step) => step.decisions));
    const given = { file, scenario: record.scenario, record: null };
    const trace = replayTrace({ ...given, decisions }, decisions);
    expect(dataOf(htmlText({ file, scheduler: 'a trace', recording: trace })).told).toMatchObject({
      step: record.step,
    });
  });

  test('takes no name for markup', () => {
    const name = '</script><script>alert(1)</script><!--\u2028';
    const html = htmlText(film(name));
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html.match(/<\/script/g)).toHaveLength(3);
    expect(html).toContain('<title>Replay of &lt;/script&gt;');
    expect(dataOf(html).file).toBe(name);
  });

  test('opens with the steps that were asked for', () => {
    const html = [...piecesOf(htmlExporter, film(), { from: 2, to: Number.POSITIVE_INFINITY })].join('');
    expect(dataOf(html).range).toEqual({ from: 2, to: record.step });
    expect(dataOf(htmlText(film())).range).toBe(null);
  });

  test.each([5, 50_000])('has at most 400 kB beside the scenario, of %d steps as of any other', (steps) => {
    const shown = long(steps);
    const html = htmlText(shown);
    const beside = Buffer.byteLength(html) - JSON.stringify(shown.recording.scenario).length;
    expect(beside).toBeGreaterThan(100_000);
    expect(beside).toBeLessThan(LARGEST_BESIDE);
    expect(estimatedLength(htmlExporter, shown)).toBe(html.length);
  });
});
