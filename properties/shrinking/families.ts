import type { Scenario } from '../../model/configuration.ts';
import { type Decided, familyOf, type Life, livesOf, withoutLives } from './lives.ts';
import { tightened } from './room.ts';

/** At most this many stimuli are offered in one go: single families have their turn when the scenario is shorter. */
const MOST_OFFERED = 60_000;

/**
 * Without some of the invocations, those that they called, and the turns that placed them, in a cluster that is as much
 * tighter: halves of all families first, then quarters, down to one.
 */
export function* withoutFamilies(scenario: Scenario, decided: Decided): Generator<Scenario> {
  const all = livesOf(scenario, decided);
  const families = all.filter(({ caller }) => caller === null).map(familyOf);
  // Those that only fill a queue or a machine end up side by side, and can go together.
  families.sort((a, b) => stimuliOf(a) - stimuliOf(b));
  const parts: Life[][] = [];
  for (let count = families.length >> 1; count >= 1; count >>= 1) {
    for (let from = 0; from < families.length; from += count) {
      parts.push(families.slice(from, from + count).flat());
    }
  }
  for (const life of all) {
    if (life.caller !== null) parts.push(familyOf(life));
  }
  let offered = 0;
  for (const gone of parts) {
    for (const candidate of tightened(withoutLives(scenario, gone), gone, all)) {
      offered += candidate.stimuli.length;
      if (offered > MOST_OFFERED) return;
      yield candidate;
    }
  }
}

function stimuliOf(family: readonly Life[]): number {
  return family.reduce((sum, { named, turns }) => sum + named.length + turns.length, 0);
}
