import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expandBatch } from '../../model/explore/batch.ts';
import { QUOTED_INSTANCE } from '../../model/explore/instance.ts';
import { builtFile } from '../../reference-impl/io/package-root.ts';
import { createExpander, type Subject } from './expanders.ts';
import work from './worker.ts';

const SMALL: Subject = { instance: { ...QUOTED_INSTANCE, invocations: 1 }, scheduler: 'xx', properties: [] };
const QUOTED: Subject = { ...SMALL, instance: QUOTED_INSTANCE };
const MODEL: Subject = { ...SMALL, scheduler: null };

/** The first states of a subject, one after the other, and what leads from them. */
function begun(subject: Subject) {
  const expander = createExpander(subject);
  const words: number[] = [];
  expander.boot((_, state) => words.push(...state) > 0);
  const states = Int32Array.from(words);
  return { states, successors: expandBatch(expander, states) };
}

describe('who expands states', () => {
  test('does so for whichever subject it is asked about, also by turns', () => {
    for (const subject of [SMALL, QUOTED, MODEL, SMALL]) {
      const { states, successors } = begun(subject);
      expect(work({ subject, asks: 'successors', states })).toEqual(successors);
    }
  });

  test('says as data that a subject cannot be explored', () => {
    const { states } = begun(SMALL);
    const subject = { ...SMALL, instance: { ...SMALL.instance, maxAge: 1_000_000, maxDemand: 1_000 } };
    expect(work({ subject, asks: 'successors', states })).toMatchObject({ problem: { kind: 'too-large' } });
  });

  test('is one file when it is built, which nothing else of the package is a part of', () => {
    const text = readFileSync(builtFile('properties/exploration/worker.js'), 'utf8');
    expect(text).toMatch(/\bvar explorer=\(\(\)=>\{/);
    expect([...text.matchAll(/(?:\bfrom|\bimport)\s*\(?"(\.[^"]*)"/g)].map(([, path]) => path)).toEqual([]);
  });
});
