import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DECISION_TYPES } from '../model/alphabet.ts';
import { coverageOf, emptyTally, nameOfTransition } from '../model/coverage.ts';
import { RULES } from '../model/rules/index.ts';
import { TRANSITIONS_IN_TIME } from '../model/table.ts';
import { CATALOGUE } from '../properties/catalogue.ts';
import { main } from '../properties/commands/main.ts';
import { readRows } from '../properties/crowding/evidence.ts';
import { readCollection } from '../properties/museum/collection.ts';
import { clusterPicture } from '../properties/pages/cluster-picture.ts';
import { evidenceOf } from '../properties/pages/evidence.ts';
import {
  commandOf,
  EXPLORATIONS,
  type ExplorationRecord,
  recordOf,
} from '../properties/pages/explorations.ts';
import { readImplementMaterial } from '../properties/pages/implement-page.ts';
import { EXPLORATION_PAGE, FARM_PAGE, generatedPages, LOGS_PAGE } from '../properties/pages/pages.ts';
import { readSources } from '../properties/pages/sources.ts';
import { readExamples } from '../properties/proofs/record.ts';
import { ask } from '../properties/testing/command-line.ts';
import { COUNTED_BY_OTHERS } from '../properties/testing/counted-by-others.ts';
import { anchorsOf, linksOf, PAGES, textOf, withoutCode } from './pages.ts';

const sources = readSources();
const records: ExplorationRecord[] = JSON.parse(textOf('docs/exploration.json'));
const generated = generatedPages({
  sources,
  explorations: records,
  explorationPage: textOf(EXPLORATION_PAGE),
  teeth: JSON.parse(textOf('docs/teeth.json')),
  museum: readCollection(),
  mutation: JSON.parse(textOf('docs/mutation.json')),
  theory: JSON.parse(textOf('docs/theory.json')),
  examples: readExamples(),
  evaluation: JSON.parse(textOf('docs/evaluation.json')),
  comparison: JSON.parse(textOf('docs/comparison.json')),
  crowding: readRows(),
  findings: JSON.parse(textOf('docs/findings.json')),
  discovery: JSON.parse(textOf('docs/discovery.json')),
  scale: JSON.parse(textOf('docs/scale.json')),
  implement: readImplementMaterial(),
  logs: JSON.parse(textOf('docs/logs.json')),
  logsPage: textOf(LOGS_PAGE),
  sharing: JSON.parse(textOf('docs/sharing.json')),
  farmPage: textOf(FARM_PAGE),
});

describe('what is generated', () => {
  test.each([...generated])('is up to date: %s (otherwise: npm run docs)', (path, text) => {
    expect(existsSync(path), path).toBe(true);
    expect(textOf(path)).toBe(text);
  });

  test('shows every decision in the picture of the cluster', () => {
    const shown = [...clusterPicture().matchAll(/>([^<]+)<\/text>/g)].flatMap(([, words]) =>
      words!.split(' '),
    );
    expect(DECISION_TYPES.filter((type) => !shown.includes(type))).toEqual([]);
  });

  test('has every decision, with its fields, on the page for other languages', () => {
    const page = textOf('docs/protocol.md');
    const [, section] = /## What it has to decide\n(.*?)\n## /s.exec(page)!;
    const rows = section!.split('\n').filter((line) => line.startsWith('| `'));
    const told = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
    expect(DECISION_TYPES.filter((type) => !told.includes(type))).toEqual([]);
  });

  test('has a section for every rule and property', () => {
    const anchors = anchorsOf('docs/rules.md');
    expect(CATALOGUE.map(({ id }) => id).filter((id) => !anchors.has(id))).toEqual([]);
  });

  test('finds a property for every rule, and for each at least one test that names it', () => {
    const ids = new Set(CATALOGUE.map(({ id }) => id));
    expect(RULES.filter(({ id }) => !ids.has(id))).toEqual([]);
    const untested = CATALOGUE.filter((property) => evidenceOf(property, sources).tests.length === 0);
    expect(untested.map(({ id }) => id)).toEqual([]);
  });

  test('finds the module that judges each', () => {
    for (const property of CATALOGUE)
      expect(existsSync(evidenceOf(property, sources).judgedIn), property.id).toBe(true);
  });
});

describe('the explorations that the pages quote', () => {
  test('are those that are recorded', () => {
    expect(records.map(({ command }) => command)).toEqual(EXPLORATIONS.map(commandOf));
  });

  const inAll = (lists: readonly (readonly string[])[]) =>
    lists.reduce((left, names) => left.filter((name) => names.includes(name)));
  const namesIn = (text: string, between = '; ') => (text === '' ? [] : text.split(between));
  const isInTime = ({ command }: ExplorationRecord) => command.includes('--chunk');
  const atOnce = records.filter((record) => !isInTime(record));
  const inTime = records.filter(isInTime);

  test('take every transition, meet every rule, and find every guard true and false, where a page moves at once', () => {
    expect(inAll(atOnce.map(({ untaken }) => namesIn(untaken)))).toEqual([]);
    expect(inAll(atOnce.map(({ unmetGuards }) => namesIn(unmetGuards)))).toEqual([]);
    expect(inAll(atOnce.map(({ unmet }) => namesIn(unmet, ', ')))).toEqual([]);
    for (const { untaken, transitions, transitionsInAll } of records) {
      expect(transitions + namesIn(untaken).length).toBe(transitionsInAll);
    }
  });

  test('and where paging takes time all that only that can show, the disk and fresh memory among it', () => {
    const ofTheDisk = TRANSITIONS_IN_TIME.map(({ index }) => nameOfTransition(index));
    expect(ofTheDisk.some((name) => name.startsWith('disk: '))).toBe(true);
    const untaken = inAll(inTime.map((record) => namesIn(record.untaken)));
    expect(untaken.filter((name) => ofTheDisk.includes(name))).toEqual([]);
    const ofGuardsAtOnce = coverageOf(emptyTally(), false).guards.missing;
    const unmet = inAll(inTime.map(({ unmetGuards }) => namesIn(unmetGuards)));
    // Whether paging takes time is asked here, and is so.
    expect(unmet.filter((outcome) => !ofGuardsAtOnce.includes(outcome))).toEqual(['takes-time false']);
    expect(inAll(inTime.map((record) => namesIn(record.unmet, ', ')))).toEqual([]);
  });

  test('have the states, levels and edges that others count, where paging takes time', () => {
    for (const { args, states, depth, edges } of COUNTED_BY_OTHERS) {
      const record = records.find(({ command }) => command === `xx check ${args}`);
      // A step more than there are edges is `boot`.
      expect(record, args).toMatchObject({ states, depth, steps: edges + 1 });
    }
  });

  test('have cycles to judge, also where paging takes time', () => {
    expect(inTime.some(({ cycles }) => cycles > 0)).toBe(true);
  });

  const small = EXPLORATIONS.filter(({ size }) => size === 'small');
  test.each(small.map((exploration) => [commandOf(exploration), exploration] as const))(
    'find again what is recorded: %s',
    async (command, exploration) => {
      const { out } = await ask(main, ...command.split(' ').slice(1), '--workers', '1', '--json');
      const record = records.find((candidate) => candidate.command === command);
      expect(recordOf(exploration, JSON.parse(out))).toEqual(record);
    },
  );
});

describe('every page', () => {
  /** The anchors of each page that is linked to, which many pages are, looked for once. */
  const anchors = new Map<string, readonly string[]>();
  const anchorsIn = (file: string): readonly string[] => {
    const known = anchors.get(file) ?? [...anchorsOf(file)];
    anchors.set(file, known);
    return known;
  };

  test('is found, and the pages have links', () => {
    expect(PAGES.length).toBeGreaterThan(10);
    expect(PAGES.flatMap(linksOf).length).toBeGreaterThan(100);
  });

  test.each(PAGES)('%s links only to what exists', (page) => {
    for (const { file, anchor } of linksOf(page)) {
      expect(existsSync(file), `${page} links to ${file}`).toBe(true);
      if (anchor !== '') expect(anchorsIn(file), `${page} links to ${file}#${anchor}`).toContain(anchor);
    }
  });

  test('can be reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      if (!PAGES.includes(page)) continue;
      for (const { file } of linksOf(page)) {
        reached.add(file);
        // GitHub shows the README of a folder.
        reached.add(`${file}/README.md`);
      }
    }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });

  test.each(PAGES.filter((page) => !generated.has(page) || page === EXPLORATION_PAGE))(
    '%s keeps its lines to 120 characters, tables aside',
    (page) => {
      const lines = withoutCode(textOf(page)).split('\n');
      expect(lines.filter((line) => line.length > 120 && !line.startsWith('|'))).toEqual([]);
    },
  );
});
