import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anchorOf } from '../../model/render/markdown.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';
import { main } from '../commands/main.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { replay } from '../replay/play.ts';
import { ask } from '../testing/command-line.ts';
import { TEXT_FINDINGS } from './catalogue/index.ts';
import { readFinding, scenarioFile } from './files.ts';
import { tells } from './find.ts';
import { canPlay, shownBy } from './finding.ts';
import { type FindingsRecord, sightingOf } from './record.ts';
import { isOfWorld, wander } from './worlds.ts';

const record: FindingsRecord = JSON.parse(readFileSync('docs/findings.json', 'utf8'));
const FRESH = 'npm run findings';

test('every scenario in counterexamples/findings belongs to a finding, and every finding has one', () => {
  const files = TEXT_FINDINGS.map(({ id }) => scenarioFile(id)).sort();
  expect(readdirSync('counterexamples/findings').map((name) => `counterexamples/findings/${name}`)).toEqual(
    files,
  );
  expect(
    record.findings.map(({ id }) => id),
    FRESH,
  ).toEqual(TEXT_FINDINGS.map(({ id }) => id));
});

test('every finding names a heading of the readings, if any', () => {
  const headings = [...readFileSync('docs/readings.md', 'utf8').matchAll(/^### (.*)$/gm)];
  const anchors = new Set(headings.map(([, heading]) => anchorOf(heading!)));
  const named = TEXT_FINDINGS.flatMap(({ reading }) => reading ?? []);
  expect(named.filter((anchor) => !anchors.has(anchor))).toEqual([]);
});

describe.each(TEXT_FINDINGS)('$id', (finding) => {
  const { id, scheduler, world } = finding;
  const scenario = readFinding(id);
  const kept = record.findings.find((one) => one.id === id)!;

  test('is seen in its scenario, after the same step and in the same words as on the page', () => {
    expect(sightingOf(finding), FRESH).toEqual({ steps: kept.steps, sighting: kept.sighting });
    expect(isOfWorld(scenario, world)).toBe(true);
  });

  test('needs every stimulus of its scenario', () => {
    const { config, stimuli } = scenario;
    const spare = stimuli.filter((one) =>
      tells(finding, { config, stimuli: stimuli.filter((other) => other !== one) }),
    );
    expect(spare).toEqual([]);
  });

  test('was seen at random in the run that the page names, and not before', () => {
    for (let run = 1; run <= kept.found.first!; run++) {
      const isSeen = shownBy(finding, scheduler, wander(world, run, createScheduler(scheduler))) !== null;
      expect(isSeen, `run ${run}`).toBe(run === kept.found.first);
    }
  });
});

describe.each(TEXT_FINDINGS.filter(({ repair }) => repair !== null))('the repair of $id', (finding) => {
  const { id, repair } = finding;
  const { scheduler, runsOthers = false } = repair!;
  const scenario = readFinding(id);

  test('plays all of the scenario, unless it runs others, and does not show it', () => {
    expect(canPlay(scenario, scheduler)).toBe(!runsOthers);
    expect(shownBy(finding, scheduler, scenario)).toBeNull();
  });

  test('never showed it at random', () => {
    expect(record.findings.find((one) => one.id === id)!.repaired).toMatchObject({ seen: 0, first: null });
  });
});

test.each(TEXT_FINDINGS.filter(({ scheduler }) => scheduler === 'xx'))(
  'what XX shows in $id no rule forbids',
  ({ id }) => {
    const playable = { file: scenarioFile(id), scenario: readFinding(id), record: null };
    expect(replay(playable, { scheduler: createXX(), twin: createXX({ mode: 'immer' }) }).finding).toBeNull();
  },
);

describe('xx replay of the scenarios of findings', () => {
  const files = TEXT_FINDINGS.map(({ id }) => scenarioFile(id));

  test('says of each what the page says, played by who shows it, whatever rules that breaks', async () => {
    const { code, out } = await ask(main, 'replay', ...files, '--json');
    expect(code).toBe(1);
    const { results } = JSON.parse(out);
    expect(results).toEqual(
      TEXT_FINDINGS.map(({ id, scheduler }) => {
        const { steps, sighting } = record.findings.find((one) => one.id === id)!;
        const shown = { verdict: 'shown', reproduced: true, rule: id, ...sighting };
        return { file: scenarioFile(id), scheduler, steps, ...shown };
      }),
    );
  });

  test('says in words which finding a step shows', async () => {
    const { out } = await ask(main, 'replay', scenarioFile('triggers-that-inherit'));
    expect(out.replace(/\s+/g, ' ')).toContain(
      'step 8 shows finding 17, If triggers inherit, background work that a page fires goes before pages invocation 2 (high) waits behind invocation 1',
    );
  });

  test('of a scheduler that does not show one says that it no longer reproduces', async () => {
    const { code, out } = await ask(
      main,
      'replay',
      scenarioFile('triggers-that-inherit'),
      '--scheduler',
      'xx',
    );
    expect(code).toBe(4);
    expect(out.replace(/\s+/g, ' ')).toContain('no longer reproduces: xx does not show finding 17');
  });

  test('with a property judges that, as of any other scenario', async () => {
    const argv = ['replay', scenarioFile('ratio-of-the-authors'), '--property', 'place-greatest', '--json'];
    const { out } = await ask(main, ...argv);
    expect(JSON.parse(out).results).toMatchObject([{ verdict: 'refused', rule: 'place-greatest' }]);
  });
});
