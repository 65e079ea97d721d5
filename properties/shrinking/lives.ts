import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';

/** What a scheduler decided at each step of a scenario. */
export type Decided = readonly (readonly Decision[])[];

/** What became of one invocation while a scheduler played a scenario. */
export interface Life {
  readonly id: number;
  /** Indices of the stimuli that name it: its submission or call, its sizes, its end; not the calls that it makes. */
  readonly named: number[];
  /** Indices of the turns that placed it: more than one if it was lost in crashes. */
  readonly turns: number[];
  /** Those that it called. */
  readonly callees: Life[];
  readonly caller: Life | null;
  /** Whose budget pays for it. */
  readonly tenant: number;
  /** The class that it was queued in; null if it never was. */
  effectiveClass: number | null;
  /** Where it was placed last; null if it never was. */
  machine: number | null;
  /** MB that it had at last, and how many of them were in swap. */
  demandMb: number;
  swappedMb: number;
  ended: boolean;
}

/** The lives of a scenario in the order in which they began. */
export function livesOf({ config, stimuli }: Scenario, decided: Decided): Life[] {
  const lives = new Map<number, Life>();
  for (const [index, { stimulus }] of stimuli.entries()) {
    hear(lives, index, stimulus);
    for (const decision of decided[index] ?? []) {
      if (!('id' in decision)) continue;
      const life = lives.get(decision.id);
      if (life !== undefined) decide(life, index, decision, config.initialMemory);
    }
  }
  return [...lives.values()];
}

function hear(lives: Map<number, Life>, index: number, stimulus: Stimulus): void {
  if (!('id' in stimulus)) return;
  const { id } = stimulus;
  const known = lives.get(id);
  if (known !== undefined) {
    known.named.push(index);
    if (stimulus.type === 'resize') known.demandMb = stimulus.demand;
    return;
  }
  if (stimulus.type !== 'submit' && stimulus.type !== 'call') return;
  const caller = stimulus.type === 'call' ? (lives.get(stimulus.caller) ?? null) : null;
  const life: Life = {
    id,
    named: [index],
    turns: [],
    callees: [],
    caller,
    tenant: stimulus.type === 'submit' ? stimulus.tenant : (caller?.tenant ?? 0),
    effectiveClass: null,
    machine: null,
    demandMb: 0,
    swappedMb: 0,
    ended: false,
  };
  lives.set(id, life);
  caller?.callees.push(life);
}

function decide(life: Life, index: number, decision: Decision, initialMb: number): void {
  switch (decision.type) {
    case 'enqueue':
      life.effectiveClass = decision.class;
      break;
    case 'place':
      life.turns.push(index);
      life.machine = decision.machine;
      life.demandMb = initialMb;
      life.swappedMb = 0;
      break;
    case 'pageOut':
      life.swappedMb += decision.memory;
      break;
    case 'pageIn':
      life.swappedMb -= decision.memory;
      break;
    case 'complete':
    case 'kill':
    case 'cancel':
      life.ended = true;
      break;
    case 'evict':
      life.machine = null;
      break;
    default:
  }
}

/** An invocation, those that it called, those that they called, and so on. */
export function familyOf(life: Life): Life[] {
  return [life, ...life.callees.flatMap(familyOf)];
}

/** A scenario without all that happens to some invocations, and without the turns that placed them. */
export function withoutLives({ config, stimuli }: Scenario, gone: readonly Life[]): Scenario {
  const left = new Set(gone.flatMap(({ named, turns }) => [...named, ...turns]));
  return { config, stimuli: stimuli.filter((_, index) => !left.has(index)) };
}
