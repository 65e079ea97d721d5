import type { TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';

/** Scenarios with something taken away. `boot` always stays. */

/** Without a run of stimuli: halves first, then quarters, down to two (delta debugging, Zeller and Hildebrandt 2002). */
export function* withoutRuns({ config, stimuli }: Scenario): Generator<Scenario> {
  for (let length = stimuli.length >> 1; length >= 2; length >>= 1) {
    for (let start = stimuli.length - length; start >= 1; start -= length) {
      yield { config, stimuli: [...stimuli.slice(0, start), ...stimuli.slice(start + length)] };
    }
  }
}

/** Without all that happens to one invocation. */
export function* withoutInvocations({ config, stimuli }: Scenario): Generator<Scenario> {
  const ids = new Set(stimuli.flatMap(({ stimulus }) => ('id' in stimulus ? [stimulus.id] : [])));
  for (const id of [...ids].reverse()) yield* withoutInvocation({ config, stimuli }, id);
}

function* withoutInvocation({ config, stimuli }: Scenario, id: number): Generator<Scenario> {
  const left = stimuli.filter(
    ({ stimulus }) =>
      !('id' in stimulus && stimulus.id === id) && !('caller' in stimulus && stimulus.caller === id),
  );
  yield { config, stimuli: left };
}

/** With one invocation in the place of two: what happens to the later one happens to the other instead. */
export function* withOneForTwo(scenario: Scenario): Generator<Scenario> {
  const { config, stimuli } = scenario;
  const born = stimuli.flatMap(({ stimulus }, index) =>
    stimulus.type === 'submit' || stimulus.type === 'call' ? [{ id: stimulus.id, index }] : [],
  );
  for (const { id: gone, index } of born) {
    const turn = stimuli.findIndex((timed, i) => i > index && timed.stimulus.type === 'turn');
    const left = stimuli.filter((_, i) => i !== index && i !== turn);
    for (const { id: stays } of born) {
      if (stays !== gone) yield { config, stimuli: left.map((timed) => renamed(timed, gone, stays)) };
    }
  }
}

function renamed(timed: TimedStimulus, from: number, to: number): TimedStimulus {
  const { at, stimulus } = timed;
  const changed: Record<string, unknown> = { ...stimulus };
  for (const key of ['id', 'caller']) if (changed[key] === from) changed[key] = to;
  return { at, stimulus: changed as unknown as TimedStimulus['stimulus'] };
}

/** Without all that happens to one invocation, and without the first turn after its submission. */
export function* withoutPlacements({ config, stimuli }: Scenario): Generator<Scenario> {
  for (const [index, { stimulus }] of stimuli.entries()) {
    if (stimulus.type !== 'submit') continue;
    const turn = stimuli.findIndex((timed, i) => i > index && timed.stimulus.type === 'turn');
    if (turn < 0) continue;
    yield* withoutInvocation({ config, stimuli: stimuli.toSpliced(turn, 1) }, stimulus.id);
  }
}

/** Without one stimulus, the last first. */
export function withoutOne(scenario: Scenario): Generator<Scenario> {
  return without(scenario, 1);
}

/** Without any two, and without any three, in scenarios so short that there are not too many. */
export function* withoutFew(scenario: Scenario): Generator<Scenario> {
  const { length } = scenario.stimuli;
  if (length <= 60) yield* without(scenario, 2);
  if (length <= 22) yield* without(scenario, 3);
}

function* without({ config, stimuli }: Scenario, count: number): Generator<Scenario> {
  for (const left of thinned(stimuli, count, stimuli.length - 1)) yield { config, stimuli: left };
}

/** Every way to take `count` out of those up to `last`, but never the first. */
function* thinned(
  stimuli: readonly TimedStimulus[],
  count: number,
  last: number,
): Generator<TimedStimulus[]> {
  for (let index = last; index >= count; index--) {
    const left = stimuli.toSpliced(index, 1);
    if (count === 1) yield left;
    else yield* thinned(left, count - 1, index - 1);
  }
}

/** With a cluster that has one machine, shard, class, tenant or budget less; a stimulus that named it names another. */
export function* withoutParts({ config, stimuli }: Scenario): Generator<Scenario> {
  const { machines, shards, classes, tenants } = config;
  const without = (part: Partial<Configuration>, key: string, gone: number): Scenario => ({
    config: { ...config, ...part },
    stimuli: stimuli.map((timed) => renumbered(timed, key, gone)),
  });
  for (let gone = machines.length - 1; gone >= 0 && machines.length > 1; gone--) {
    yield without({ machines: machines.toSpliced(gone, 1) }, 'machine', gone);
  }
  for (let gone = shards - 1; gone >= 0 && shards > 1; gone--) {
    yield without({ shards: shards - 1 }, 'shard', gone);
  }
  for (let gone = classes.length - 1; gone >= 0 && classes.length > 1; gone--) {
    yield without({ classes: classes.toSpliced(gone, 1) }, 'class', gone);
  }
  for (let gone = tenants.length - 1; gone >= 0; gone--) {
    if (tenants.length > 1) yield without({ tenants: tenants.toSpliced(gone, 1) }, 'tenant', gone);
    if (tenants[gone]!.budget !== null) {
      yield { config: { ...config, tenants: tenants.with(gone, { budget: null }) }, stimuli };
    }
  }
}

/** A number above the one that is gone moves down, and that one itself stands for the one before it. */
function renumbered(timed: TimedStimulus, key: string, gone: number): TimedStimulus {
  const stimulus = timed.stimulus as unknown as Record<string, unknown>;
  const number = stimulus[key];
  if (typeof number !== 'number' || number < gone || number === 0) return timed;
  return { ...timed, stimulus: { ...stimulus, [key]: number - 1 } as unknown as TimedStimulus['stimulus'] };
}
