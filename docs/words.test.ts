import { describe, expect, test } from 'vitest';
import { DECISION_TYPES, STIMULUS_TYPES, WORD_GROUPS } from '../model/alphabet.ts';
import { canonicalState } from '../model/explore/canonical.ts';
import { type BoundedInstance, configurationOf, QUOTED_INSTANCE } from '../model/explore/instance.ts';
import { Packing } from '../model/explore/packing.ts';
import { CHART_VIEWS } from '../model/render/views.ts';
import { RULES } from '../model/rules/index.ts';
import { STAGE } from '../model/snapshot.ts';
import { GUARD_NAMES, GUARDS } from '../model/statecharts/guards.ts';
import { CHART_EVENTS, TRANSITIONS } from '../model/table.ts';
import { CATALOGUE } from '../properties/catalogue.ts';
import { main } from '../properties/commands/main.ts';
import { OF_INVOCATIONS, OF_MACHINES, OF_THE_CLUSTER } from '../properties/exploration/query/words.ts';
import { MUTANTS } from '../properties/mutants/index.ts';
import { ask } from '../properties/testing/command-line.ts';
import { SCHEDULERS } from '../reference-impl/schedulers/registry.ts';
import { codeWords, PAGES, textOf } from './pages.ts';

/** Pages of the specification that are written by hand, whatever of them is generated. */
const BY_HAND = ['README', 'peers', 'readings', 'paper-map', 'glossary', 'architecture', 'exploration'].map(
  (name) => `docs/${name}.md`,
);

/** Every name that the model, the configuration and the traces give to something. */
const NAMES = new Set<string>([
  ...CATALOGUE.map(({ id }) => id),
  ...GUARD_NAMES,
  ...CHART_EVENTS,
  ...STIMULUS_TYPES,
  ...DECISION_TYPES,
  ...WORD_GROUPS,
  ...CHART_VIEWS.flatMap(({ name, regions }) => [
    name,
    ...regions.flatMap((region) => [
      region.name,
      ...[...region.states, ...region.groups].map((state) => state.name),
    ]),
  ]),
  ...keysOf(configurationOf(QUOTED_INSTANCE)),
  ...[...SCHEDULERS, ...MUTANTS].map(({ name }) => name),
  // Of the graph of an exploration, and of queries about it.
  ...keysOf(canonicalStateOfEverything()),
  ...[OF_INVOCATIONS, OF_MACHINES, OF_THE_CLUSTER].flatMap(({ words, figures }) => [
    ...Object.keys(words),
    ...Object.keys(figures),
  ]),
  ...['xx-graph', 'format', 'version', 'subject', 'instance', 'states', 'complete', 'edges', 'steps'],
  ...['owner', 'direction', 'out', 'in', 'dying', 'null'],
  ...['is', 'has', 'not', 'and', 'or', 'any', 'every', 'cluster'],
  'ok',
  'failed',
  'memory',
  'exceeds-machine',
  'attempts',
]);

/** A state with all that may be part of one. */
function canonicalStateOfEverything() {
  const instance: BoundedInstance = {
    ...{ ...QUOTED_INSTANCE, crashes: 1, maxAttempts: 2, antagonists: [0, 1], maxMetered: 1 },
    ...{ budget: { amount: 1, period: 1, burstPercent: 0 }, paging: { chunk: 1, reserve: 1 } },
  };
  const snapshot = new Packing(instance).blank();
  Object.assign(snapshot.invocations[0]!, { stage: STAGE.queued });
  Object.assign(snapshot.invocations[1]!, { stage: STAGE.running, machine: 0 });
  return canonicalState(instance, snapshot);
}

describe('what is written by hand', () => {
  test('names nothing that does not exist', () => {
    const names = BY_HAND.flatMap((page) =>
      codeWords(page)
        .filter((word) => /^[a-z][A-Za-z-]*$/.test(word))
        .map((name) => ({ page, name })),
    );
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter(({ name }) => !NAMES.has(name))).toEqual([]);
  });

  test('shows decisions and stimuli as verdicts do', () => {
    const shown = BY_HAND.flatMap(codeWords).filter((word) => /^[a-zA-Z][a-zA-Z-]* \d+$/.test(word));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((word) => !NAMES.has(word.split(' ')[0]!))).toEqual([]);
  });

  test('names only commands and options that there are', async () => {
    const shown = [...BY_HAND, 'CONTRIBUTING.md'].flatMap((page) => [
      ...textOf(page).matchAll(/xx (?<command>[a-z]+)(?<rest>[^`\n]*)/g),
    ]);
    expect(shown.length).toBeGreaterThan(3);
    for (const { groups } of shown) {
      const { code, out } = await ask(main, groups!.command!, '--help');
      expect(code, groups!.command).toBe(0);
      for (const [option] of groups!.rest!.matchAll(/--[a-z-]+/g)) {
        expect(out, `xx ${groups!.command} ${option}`).toContain(option);
      }
    }
  });
});

test('what the reference may import of the model is said everywhere as the linter has it', () => {
  const allowed = [...textOf('biome.json').matchAll(/"!\*\*\/model\/([a-z-]+\.ts)"/g)].map(
    ([, file]) => file!,
  );
  expect(allowed.length).toBeGreaterThan(0);
  const [message] = /Of the model the reference may import only[^"]*/.exec(textOf('biome.json'))!;
  for (const said of [message, textOf('docs/architecture.md'), textOf('CONTRIBUTING.md')]) {
    const [, named] = /shared vocabulary\*?(?: is six files of the model)?:([\s\S]*?)\.(?:\s|$)/.exec(said)!;
    expect([...named!.matchAll(/[a-z-]+\.ts/g)].map(([file]) => file).sort()).toEqual(allowed.sort());
  }
});

describe('the glossary', () => {
  const terms = [...textOf('docs/glossary.md').matchAll(/^\| (\*\*.+?\*\*) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/\*\*(.+?)\*\*/g)].map(([, term]) => term!),
  );

  /** All that is said elsewhere: the other pages, and every sentence of the model. */
  const elsewhere = [
    ...PAGES.filter((page) => page !== 'docs/glossary.md').map(textOf),
    ...CATALOGUE.map(({ sentence, premise }) => `${sentence} ${premise}`),
    ...RULES.map(({ sentence }) => sentence),
    ...Object.values(GUARDS),
    ...TRANSITIONS.map(({ description }) => description),
  ].join('\n');

  test('defines every term once', () => {
    expect(terms.length).toBeGreaterThan(50);
    expect(new Set(terms).size).toBe(terms.length);
  });

  test('defines only what is used', () => {
    const unused = terms.filter((term) => !new RegExp(`\\b${stemOf(term)}`, 'iu').test(elsewhere));
    expect(unused).toEqual([]);
  });
});

/** What all forms of a term begin with: "inherit" is used where "inherited" is. */
function stemOf(term: string): string {
  return term.replace(/e?d?$/, '');
}

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}
