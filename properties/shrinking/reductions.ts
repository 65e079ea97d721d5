import type { Stimulus } from '../../model/alphabet.ts';
import type { Scenario } from '../../model/configuration.ts';
import { type Knob, knobsOf } from './knobs.ts';
import { withoutFew, withoutOne, withoutPlacements } from './removals.ts';

/** Scenarios of other, mostly smaller, numbers. */

/** In scenarios of more numbers than this, two of them are not lowered together: there are too many pairs. */
const MOST_KNOBS = 150;

/** Smaller numbers to try for `value`: the least, then ever closer to `value`, so that a threshold is met by halving. */
function smaller(value: number, least: number): number[] {
  const candidates: number[] = [];
  for (let step = value - least; step >= 1; step = Math.floor(step / 2)) candidates.push(value - step);
  return candidates;
}

/** With one number less. */
export function* withOneLess(scenario: Scenario): Generator<Scenario> {
  for (const knob of knobsOf(scenario)) {
    for (const less of smaller(knob.value, knob.least)) yield knob.turn(scenario, less);
  }
}

/** With two numbers less by the same amount: what fits, and what it fits into. */
export function* withTwoLess(scenario: Scenario): Generator<Scenario> {
  const knobs = knobsOf(scenario);
  if (knobs.length > MOST_KNOBS) return;
  for (const [index, one] of knobs.entries()) {
    for (const other of knobs.slice(index + 1)) {
      const most = Math.min(one.value - one.least, other.value - other.least);
      for (let by = most; by >= 1; by = Math.floor(by / 2)) {
        yield other.turn(one.turn(scenario, one.value - by), other.value - by);
      }
    }
  }
}

/** In a scenario of at most this many stimuli it is worth trading some of them for another number. */
const MOST_EXCHANGED = 24;

/**
 * Without one stimulus, or without one invocation and its turn, but with another number somewhere, larger or smaller:
 * less to do in a tighter cluster.
 */
export function* withLessForAnother(scenario: Scenario): Generator<Scenario> {
  if (scenario.stimuli.length > MOST_EXCHANGED) return;
  for (const left of [...withoutOne(scenario), ...withoutPlacements(scenario)]) {
    for (const knob of knobsOf(left)) {
      for (const value of nearby(knob)) yield knob.turn(left, value);
    }
  }
}

/** Without two or three stimuli of a short scenario, in a cluster of which one number is another. */
export function* withFewForAnother(scenario: Scenario): Generator<Scenario> {
  const { config, stimuli } = scenario;
  if (stimuli.length > MOST_FEW) return;
  const knobs = knobsOf({ config, stimuli: [] });
  for (const left of withoutFew(scenario)) {
    for (const knob of knobs) {
      for (const value of new Set([knob.least, knob.value - 1, knob.value + 1])) {
        if (value >= knob.least && value !== knob.value) yield knob.turn(left, value);
      }
    }
  }
}

/** With more stimuli there are too many ways to leave out three. */
const MOST_FEW = 11;

function nearby({ value, least }: Knob): number[] {
  const candidates = new Set([least, least + 1, least + 2, value - 1, value + 1, value + 2]);
  return [...candidates].filter((candidate) => candidate >= least && candidate !== value);
}

/** With a submission instead of a call, of the class that the call inherits or that it asks for. */
export function* withFewerCalls({ config, stimuli }: Scenario): Generator<Scenario> {
  const inherited = new Map<number, number>();
  for (const [index, { at, stimulus }] of stimuli.entries()) {
    if (stimulus.type === 'submit') inherited.set(stimulus.id, stimulus.class);
    if (stimulus.type !== 'call') continue;
    const { caller, ...rest } = stimulus;
    const highest = Math.max(rest.class, inherited.get(caller) ?? 0);
    inherited.set(rest.id, highest);
    for (const priceClass of new Set([highest, rest.class])) {
      const root: Stimulus = { ...rest, type: 'submit', class: priceClass, tenant: 0 };
      yield { config, stimuli: stimuli.with(index, { at, stimulus: root }) };
    }
  }
}

/**
 * With ids from 0 up, in the order of their submission or at least in the order that they have now, and with plain names
 * of functions and classes: all of them, all but one, or none.
 */
export function* withPlainNames(scenario: Scenario): Generator<Scenario> {
  const { config, stimuli } = scenario;
  const odd = new Set([
    ...config.classes.map(({ name }) => name),
    ...stimuli.flatMap(({ stimulus }) => ('function' in stimulus ? [stimulus.function] : [])),
  ]);
  for (const kept of [[], ...[...odd].slice(0, MOST_NAMES_TRIED).map((name) => [name]), [...odd]]) {
    yield* withPlainIds(withPlainLabels(scenario, kept));
  }
}

const MOST_NAMES_TRIED = 8;

function withPlainLabels({ config, stimuli }: Scenario, kept: readonly string[]): Scenario {
  const plain = (name: string, otherwise: string): string => (kept.includes(name) ? name : otherwise);
  return {
    config: {
      ...config,
      classes: config.classes.map(({ name, price }, index) => ({ name: plain(name, `c${index}`), price })),
    },
    stimuli: stimuli.map(({ at, stimulus }) => ({
      at,
      stimulus: 'function' in stimulus ? { ...stimulus, function: plain(stimulus.function, 'f') } : stimulus,
    })),
  };
}

function* withPlainIds({ config, stimuli }: Scenario): Generator<Scenario> {
  const ids = [...new Set(stimuli.flatMap(({ stimulus }) => ('id' in stimulus ? [stimulus.id] : [])))];
  const ascending = ids.toSorted((a, b) => a - b);
  for (const order of [ids, ascending]) {
    const numbers = new Map(order.map((id, index) => [id, index]));
    const renamed = stimuli.map(({ at, stimulus }) => {
      const plain: Record<string, unknown> = { ...stimulus };
      for (const key of ['id', 'caller']) {
        if (typeof plain[key] === 'number') plain[key] = numbers.get(plain[key]) ?? plain[key];
      }
      return { at, stimulus: plain as unknown as Stimulus };
    });
    yield { config, stimuli: renamed };
  }
}
