import type { Decision, Stimulus } from '../../model/alphabet.ts';
import type { MachineSize, Scenario } from '../../model/configuration.ts';
import { type Decided, livesOf } from './lives.ts';

type Join = Extract<Stimulus, { type: 'join' }>;

/**
 * Without the join of a machine, and without what took it down before, if anything did: it keeps its size, or has from
 * the beginning the one that it would have joined with. Also without a crash alone. Each time also without the turns
 * that placed again the invocations that the crash took down, and with one attempt less.
 */
export function* withoutComings(scenario: Scenario, decided: Decided): Generator<Scenario> {
  const { stimuli } = scenario;
  for (const [index, { stimulus }] of stimuli.entries()) {
    if (stimulus.type === 'crash') {
      yield* withoutEvents(scenario, [index, ...replacements(scenario, decided, index)]);
    }
    if (stimulus.type !== 'join') continue;
    yield withAnother(scenario, index, stimulus);
    const gone = lastGoing(stimuli.slice(0, index), stimulus.machine);
    const events = gone < 0 ? [index] : [gone, index];
    const turns = gone < 0 ? [] : replacements(scenario, decided, gone);
    if (turns.length <= 1) yield* withNewcomer(scenario, decided[gone] ?? [], gone, index);
    for (const indices of turns.length === 0 ? [events] : [events, [...events, ...turns]]) {
      yield* withoutEvents(fromTheBeginning(scenario, stimulus), indices);
      if (gone >= 0) yield* withoutEvents(scenario, indices);
    }
  }
}

/** With another machine, there from the beginning, instead of one that joins. */
function withAnother({ config, stimuli }: Scenario, index: number, { machine, ...size }: Join): Scenario {
  const { cores, ram, swap } = size;
  const another = config.machines.length;
  return {
    config: { ...config, machines: [...config.machines, { cores, ram, swap }] },
    stimuli: stimuli.toSpliced(index, 1).map((timed, i) => {
      const { at, stimulus } = timed;
      if (!('machine' in stimulus)) return timed;
      if (i >= index && stimulus.machine === machine)
        return { at, stimulus: { ...stimulus, machine: another } };
      return stimulus.machine < another
        ? timed
        : { at, stimulus: { ...stimulus, machine: stimulus.machine + 1 } };
    }),
  };
}

/** With another invocation instead of the first that a crash took down: nothing crashes, and nothing joins. */
function* withNewcomer(
  { config, stimuli }: Scenario,
  decisions: readonly Decision[],
  crash: number,
  join: number,
): Generator<Scenario> {
  const lost = decisions.find((decision) => decision.type === 'enqueue');
  if (lost === undefined) return;
  const id = 1 + Math.max(...stimuli.map(({ stimulus }) => ('id' in stimulus ? stimulus.id : 0)));
  const { shard } = lost;
  const newcomer: Stimulus = { type: 'submit', id, tenant: 0, function: 'f', class: lost.class, shard };
  const { at } = stimuli[crash]!;
  yield { config, stimuli: stimuli.with(crash, { at, stimulus: newcomer }).toSpliced(join, 1) };
}

function lastGoing(before: Scenario['stimuli'], machine: number): number {
  return before.findLastIndex(
    ({ stimulus }) =>
      (stimulus.type === 'crash' || stimulus.type === 'drain') && stimulus.machine === machine,
  );
}

/** Indices of the first turns that placed again the invocations that a crash took down. */
function replacements(scenario: Scenario, decided: Decided, crash: number): number[] {
  const lost = new Set(
    (decided[crash] ?? []).flatMap((decision) => (decision.type === 'enqueue' ? [decision.id] : [])),
  );
  return livesOf(scenario, decided).flatMap(({ id, turns }) => {
    const next = lost.has(id) ? turns.find((turn) => turn > crash) : undefined;
    return next === undefined ? [] : [next];
  });
}

/** A cluster in which a machine has the size with which it joins, and is there from the beginning. */
function fromTheBeginning({ config, stimuli }: Scenario, { machine, cores, ram, swap }: Join): Scenario {
  const size: MachineSize = { cores, ram, swap };
  const { machines } = config;
  // A machine beyond the next number would leave a gap.
  if (machine > machines.length) return { config, stimuli };
  const all = machine < machines.length ? machines.with(machine, size) : [...machines, size];
  return { config: { ...config, machines: all }, stimuli };
}

function* withoutEvents({ config, stimuli }: Scenario, indices: readonly number[]): Generator<Scenario> {
  const left = new Set(indices);
  const others = stimuli.filter((_, index) => !left.has(index));
  yield { config, stimuli: others };
  const { maxAttempts } = config;
  if (maxAttempts > 1) yield { config: { ...config, maxAttempts: maxAttempts - 1 }, stimuli: others };
}
