import { describe, expect, test } from 'vitest';
import type { NodeLog } from '../../model/partial/nodes/node-lines.ts';
import { Reconciler } from '../../model/partial/nodes/reconcile.ts';
import { createGenerator } from '../../reference-impl/random.ts';
import { FAULTS } from './measure-nodes.ts';
import { splitTrace } from './split.ts';
import { referenceTraces, spacedTraces } from './traces.ts';

const MOST_STATES = 1000;

function word(logs: readonly NodeLog[], skewMs: number, withoutShortCuts = false): string {
  const { fits, cut } = new Reconciler(logs, { skewMs, mostStates: MOST_STATES, withoutShortCuts }).search();
  if (fits) return 'accepted';
  return cut ? 'undecided' : 'refused';
}

/** Logs in which every ms has one step, and logs in which many steps share one; by clocks that agree, and that do not. */
function* clusters(): Generator<{ logs: NodeLog[]; skewMs: number; seed: number }> {
  for (const traces of [spacedTraces(8, 11, 'small'), referenceTraces(8, 11, 'small')]) {
    for (const [seed, trace] of [...traces].entries()) {
      for (const skewMs of [0, 4]) {
        yield { logs: splitTrace(trace, { skewMs, seed, constant: seed % 2 === 0 }), skewMs, seed };
      }
    }
  }
}

describe('short cuts of the search', () => {
  test('never refuse what fits', () => {
    let accepted = 0;
    for (const { logs, skewMs, seed } of clusters()) {
      const found = word(logs, skewMs);
      expect(found, `seed ${seed}, skew ${skewMs}`).not.toBe('refused');
      if (found === 'accepted') accepted++;
    }
    expect(accepted).toBeGreaterThan(24);
  });

  test('say the same of faults as a search that tries every order, wherever that comes to an end', () => {
    const compared = { accepted: 0, refused: 0 };
    for (const { logs, skewMs, seed } of clusters()) {
      for (const [name, fault] of Object.entries(FAULTS)) {
        const faulty = fault(logs, createGenerator(seed), skewMs);
        if (faulty === null) continue;
        const everything = word(faulty, skewMs, true);
        if (everything === 'undecided') continue;
        expect(word(faulty, skewMs), `${name}, seed ${seed}, skew ${skewMs}`).toBe(everything);
        compared[everything as 'accepted' | 'refused']++;
      }
    }
    expect(compared.refused).toBeGreaterThan(30);
  });
});
