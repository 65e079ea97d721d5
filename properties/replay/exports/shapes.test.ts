import { test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { createXX } from '../../../reference-impl/xx/xx.ts';
import { sometimesInTime } from '../../arbitraries/configuration.ts';
import { plans } from '../../arbitraries/plan.ts';
import { createScheduler } from '../../contestants/schedulers.ts';
import { playPlan } from '../../play/run.ts';
import { emptyCampaignTally } from '../../play/tally.ts';
import { collectRecords } from '../../records/collect.ts';
import type { Film } from '../moment.ts';
import { replay } from '../play.ts';
import { type Format, piecesOf } from './exporter.ts';
import { itfExporter } from './itf.ts';
import { mermaidExporter } from './mermaid.ts';
import { perfettoExporter } from './perfetto.ts';

/**
 * The shapes that others publish, written down here from their descriptions: that what is exported is what they read does
 * not rest on what is exported.
 */

function filmOf(scenario: Parameters<typeof replay>[0]['scenario'], scheduler: Scheduler = createXX()): Film {
  const playable = { file: 'shape', scenario, record: null };
  return { file: 'shape', scheduler: scheduler.name, recording: replay(playable, { scheduler }) };
}

const textOf = (format: Format, film: Film): string => [...piecesOf(format, film)].join('');

const RECORDED = collectRecords('counterexamples')
  .collected.filter(({ file }, index) => !file.includes('/found/') && index % 8 === 0)
  .map(({ file, item }) => [file, filmOf(item.scenario, createScheduler(item.scheduler))] as const);

/** Any film, by what it is shown to hold of: those that were drawn and those in which something is refused. */
function ofEveryFilm(name: string, holds: (film: Film) => void): void {
  property.prop([plans('small', undefined, sometimesInTime)], { numRuns: 20 })(
    `${name}, of what is drawn`,
    (plan) => {
      holds(filmOf(playPlan(plan, { scheduler: createXX() }, emptyCampaignTally()).scenario));
    },
  );
  test.each(RECORDED)(`${name}, of %s`, (_file, film) => holds(film));
}

/** The Informal Trace Format: informalsystems/apalache, docs/src/adr/015adr-trace.md. */
const expression: z.ZodType = z.lazy(() =>
  z.union([
    z.boolean(),
    z.string(),
    z.int(),
    z.strictObject({ '#bigint': z.string().regex(/^-?\d+$/) }),
    z.array(expression),
    z.strictObject({ '#tup': z.array(expression) }),
    z.strictObject({ '#set': z.array(expression) }),
    z.strictObject({ '#map': z.array(z.tuple([expression, expression])) }),
    z.strictObject({ '#unserializable': z.string() }),
    // A record; what begins with # is kept for the format.
    z.record(z.string().regex(/^[^#]/), expression),
  ]),
);
const itfTrace = z
  .strictObject({
    '#meta': z.record(z.string(), z.unknown()).optional(),
    params: z.array(z.string()).optional(),
    vars: z.array(z.string()).min(1),
    states: z.array(z.looseObject({ '#meta': z.looseObject({ index: z.int() }) })).min(1),
    loop: z.int().optional(),
  })
  .superRefine(({ vars, states }, context) => {
    for (const { '#meta': _meta, ...variables } of states) {
      if (Object.keys(variables).toSorted().join() !== vars.toSorted().join()) {
        context.addIssue({ code: 'custom', message: 'a state has other variables than vars' });
      }
      for (const value of Object.values(variables)) {
        const { error } = expression.safeParse(value);
        if (error !== undefined) context.addIssue({ code: 'custom', message: error.message });
      }
    }
  });

describe('the Informal Trace Format', () => {
  ofEveryFilm('is what --itf writes', (film) => {
    itfTrace.parse(JSON.parse(textOf(itfExporter, film)));
  });

  test.each([
    ['a number that is no integer', { vars: ['a'], states: [{ '#meta': { index: 0 }, a: 1.5 }] }],
    ['a big integer as a number', { vars: ['a'], states: [{ '#meta': { index: 0 }, a: { '#bigint': 1 } }] }],
    ['a variable that is missing', { vars: ['a', 'b'], states: [{ '#meta': { index: 0 }, a: 1 }] }],
    ['a map of triples', { vars: ['a'], states: [{ '#meta': { index: 0 }, a: { '#map': [[1, 2, 3]] } }] }],
  ])('has no place for %s', (_name, trace) => {
    expect(itfTrace.safeParse(trace).success).toBe(false);
  });
});

/** The JSON object form of Chrome's trace events ("Trace Event Format"), as far as these phases go. */
const ids = { pid: z.int(), tid: z.int() };
const time = z.number().min(0);
const args = z.record(z.string(), z.unknown());
const traceEvent = z.discriminatedUnion('ph', [
  z.strictObject({ ph: z.literal('X'), name: z.string(), ...ids, ts: time, dur: time, args }),
  z.strictObject({
    ph: z.literal('i'),
    name: z.string(),
    ...ids,
    ts: time,
    s: z.enum(['g', 'p', 't']),
    args,
  }),
  z.strictObject({
    ph: z.literal('C'),
    name: z.string(),
    pid: z.int(),
    ts: time,
    args: z.record(z.string(), z.number()),
  }),
  z.strictObject({
    ph: z.literal('M'),
    name: z.enum([
      'process_name',
      'process_labels',
      'process_sort_index',
      'thread_name',
      'thread_sort_index',
    ]),
    pid: z.int(),
    tid: z.int().optional(),
    args,
  }),
]);
const chromeTrace = z.strictObject({
  traceEvents: z.array(traceEvent),
  displayTimeUnit: z.enum(['ms', 'ns']),
  otherData: z.record(z.string(), z.unknown()),
});

describe("Chrome's trace events", () => {
  ofEveryFilm('are what --perfetto writes', (film) => {
    chromeTrace.parse(JSON.parse(textOf(perfettoExporter, film)));
  });

  const slice = { ph: 'X', name: 'runs', pid: 1, tid: 2, ts: 0, dur: 1, args: {} };
  test.each([
    ['a slice without an end', { ...slice, dur: undefined }],
    ['a slice that ends before it begins', { ...slice, dur: -1 }],
    ['a phase that is not written', { ...slice, ph: 'Z' }],
    ['a counter that counts words', { ph: 'C', name: 'RAM', pid: 1, ts: 0, args: { resident: 'much' } }],
    ['an instant of no scope', { ph: 'i', name: 'violates', pid: 1, tid: 2, ts: 0, s: 'x', args: {} }],
  ])('have no place for %s', (_name, event) => {
    const traceOf = (traceEvents: readonly object[]) => ({
      traceEvents,
      displayTimeUnit: 'ms',
      otherData: {},
    });
    expect(chromeTrace.safeParse(traceOf([slice])).success).toBe(true);
    expect(chromeTrace.safeParse(traceOf([event])).success).toBe(false);
  });
});

/** Sequence diagrams: mermaid-js/mermaid, packages/mermaid/src/diagrams/sequence/parser/sequenceDiagram.jison. */
const TEXT = String.raw`(?:[^#;\n]|#\d+;)+`;
const DIAGRAM_LINE = new RegExp(
  String.raw`^  (?:%% .*|participant (\w+) as ${TEXT}|(?:de)?activate (\w+)|(?:Note over (\w+)|(\w+)(?:->>|-->>|-x)(\w+)): ${TEXT})$`,
);

/** @returns the participants. @throws Error at a line that no diagram has, or one about somebody undeclared. */
function readDiagram(text: string): Set<string> {
  const [first, ...lines] = text.trimEnd().split('\n');
  if (first !== 'sequenceDiagram') throw new Error(`begins with ${first}`);
  const declared = new Set<string>();
  for (const line of lines) {
    const match = DIAGRAM_LINE.exec(line);
    if (match === null) throw new Error(`no line of a diagram: ${line}`);
    const [, participant, ...named] = match;
    if (participant !== undefined) declared.add(participant);
    for (const name of named)
      if (name !== undefined && !declared.has(name)) throw new Error(`${name} is not declared`);
  }
  return declared;
}

describe('a sequence diagram of Mermaid', () => {
  ofEveryFilm('is what --mermaid writes', (film) => {
    const text = textOf(mermaidExporter, film);
    const decided = film.recording.steps.flatMap(({ decisions }) => decisions ?? []);
    expect(readDiagram(text).size).toBeGreaterThan(
      film.recording.config.shards + film.recording.config.machines.length,
    );
    expect(text.match(/^ {2}\w+(?:->>|-->>|-x)/gm)).toHaveLength(
      film.recording.steps.length + decided.length,
    );
  });

  test.each([
    ['an arrow that is none', '  C->>>C: boot'],
    ['a message without a text', '  C->>C:'],
    ['a text that ends the line early', '  C->>C: boot; C->>C: boot'],
    ['somebody who was not declared', '  C->>M7: boot'],
  ])('has no place for %s', (_name, line) => {
    const head = 'sequenceDiagram\n  participant C as clients';
    expect(readDiagram(`${head}\n  C->>C: boot`)).toEqual(new Set(['C']));
    expect(() => readDiagram(`${head}\n${line}`)).toThrow(/no line of a diagram|is not declared/);
  });

  test('has names that are no syntax, whatever functions are called', () => {
    const [, film] = RECORDED[0]!;
    const odd = structuredClone(film.recording.config);
    const stimuli = [
      { at: 0, stimulus: { type: 'boot' as const } },
      {
        at: 0,
        stimulus: { type: 'submit' as const, id: 1, tenant: 0, function: 'a;b#c\n%%<d>', class: 0, shard: 0 },
      },
    ];
    const text = textOf(mermaidExporter, filmOf({ config: odd, stimuli }));
    readDiagram(text);
    expect(text).toContain('a#59;b#35;c');
  });
});
