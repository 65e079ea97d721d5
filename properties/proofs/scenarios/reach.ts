import type { Decision, Stimulus, TimedStimulus } from '../../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../../model/configuration.ts';
import { isBlocked, type Machine } from '../../../model/entities.ts';
import { Judge } from '../../../model/judge.ts';
import type { State } from '../../../model/state.ts';
import { impossibility } from '../../../model/stimuli.ts';
import { PHASE } from '../../../model/table.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import type { Situation } from './situation.ts';

/** What a search has found: the scenario, and the rule that refuses its last step. */
export interface Reached {
  readonly scenario: Scenario;
  readonly refusedBy: string;
}

/** How many ways a search follows before it gives up. */
const MOST_WAYS = 20_000;

/**
 * The shortest scenario in which a scheduler comes into a situation on its only machine and then does something that a
 * rule refuses; null when there is none among the ways followed. Everything happens at time 0.
 *
 * @param passersBy how many may come and go beside those of the situation.
 */
export function reach(scheduler: Scheduler, situation: Situation, passersBy: number): Reached | null {
  const config = clusterOf(situation, passersBy);
  const seen = new Set<string>();
  let ways: readonly Stimulus[][] = [[{ type: 'boot' }]];
  for (let followed = 0; ways.length > 0; ) {
    const longer: Stimulus[][] = [];
    for (const way of ways) {
      if (++followed > MOST_WAYS) return null;
      const { judge, refusedBy, wasThere } = follow(scheduler, config, way, situation);
      if (refusedBy !== null) {
        if (wasThere) return { scenario: { config, stimuli: way.map(atOnce) }, refusedBy };
        continue;
      }
      const key = keyOf(judge.state, way);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const next of nextOf(judge.state, situation, way, passersBy)) longer.push([...way, next]);
    }
    ways = longer;
  }
  return null;
}

const atOnce = (stimulus: Stimulus): TimedStimulus => ({ at: 0, stimulus });

interface Followed {
  readonly judge: Judge;
  /** The rule that refuses the last step; null when none does. */
  readonly refusedBy: string | null;
  /** Whether the machine was in the situation at some moment of the last step. */
  readonly wasThere: boolean;
}

/** Plays a scenario whose steps but the last are accepted. */
export function follow(
  scheduler: Scheduler,
  config: Configuration,
  stimuli: readonly Stimulus[],
  situation: Situation,
): Followed {
  const judge = new Judge(config);
  scheduler.reset(config);
  let wasThere = false;
  for (const stimulus of stimuli) {
    const decisions = scheduler.step(0, stimulus);
    wasThere = false;
    const refusedBy = stepThrough(judge, stimulus, decisions, (state) => {
      wasThere ||= isIn(state.machines[0]!, situation);
    });
    if (refusedBy !== null) return { judge, refusedBy, wasThere };
  }
  return { judge, refusedBy: null, wasThere };
}

/** Judges a step, and shows every state within it. */
function stepThrough(
  judge: Judge,
  stimulus: Stimulus,
  decisions: readonly Decision[],
  look: (state: State) => void,
): string | null {
  const { model } = judge;
  model.stimulate(0, stimulus);
  look(model.state);
  for (const decision of decisions) {
    const refused = judge.consider(decision);
    if (refused !== null) return refused.rule;
    model.apply(decision);
    look(model.state);
  }
  return judge.judgeEnd(stimulus)?.rule ?? null;
}

function isIn(machine: Machine, { live, antagonistMb }: Situation): boolean {
  return (
    machine.antagonist === antagonistMb &&
    machine.live.length === live.length &&
    machine.live.every((one, place) => {
      const wanted = live[place]!;
      return (
        one.class === wanted.class &&
        one.demand === wanted.demandMb &&
        one.resident === wanted.residentMb &&
        isBlocked(one) === wanted.isBlocked &&
        one.phase !== PHASE.finishing
      );
    })
  );
}

/** A machine, and a second shard, at which callees are queued and stay. Idle lists stay empty. */
function clusterOf({ cores, ramMb, swapMb, live }: Situation, passersBy: number): Configuration {
  const classes = Math.max(...live.map((one) => one.class)) + (passersBy > 0 ? 2 : 1);
  return {
    classes: Array.from({ length: classes }, (_, index) => ({ name: `c${index}`, price: index + 1 })),
    memoryPrice: 0,
    machines: [{ cores, ram: ramMb, swap: swapMb }],
    shards: 2,
    kMachines: 1,
    kShards: 1,
    initialMemory: 1,
    idle: { enter: ramMb + 1, leave: ramMb + 1, memoryDrift: 1, functionsDrift: 1 },
    maxAttempts: 1,
    seed: 0,
    tenants: [{ budget: null }],
  };
}

/**
 * What may lead on: submissions of the classes that are still missing, turns, sizes that are wanted, calls of as many as
 * are to be blocked, ends, and the antagonist.
 */
function nextOf(state: State, situation: Situation, way: readonly Stimulus[], passersBy: number): Stimulus[] {
  const { live, antagonistMb, ramMb } = situation;
  const next: Stimulus[] = [];
  const { submitted } = state.counts;
  for (const priceClass of missing(state, situation, way, passersBy)) {
    next.push({ type: 'submit', id: submitted, tenant: 0, function: 'f', class: priceClass, shard: 0 });
  }
  if (state.shards[0]!.queued > 0) next.push({ type: 'turn', shard: 0 });
  const sizes = new Set(live.map(({ demandMb }) => demandMb));
  if (passersBy > 0) for (let size = 1; size <= ramMb; size++) sizes.add(size);
  const toCall = live.filter((one) => one.isBlocked).length - countOf(way, 'call');
  for (const { id, demand } of state.byPhase[PHASE.running]!) {
    for (const size of sizes) if (size !== demand) next.push({ type: 'resize', id, demand: size });
    if (passersBy > 0) next.push({ type: 'finish', id });
    if (toCall > 0) next.push({ type: 'call', caller: id, id: submitted, function: 'g', class: 0, shard: 1 });
  }
  if (antagonistMb > 0 && countOf(way, 'antagonist') === 0) {
    next.push({ type: 'antagonist', machine: 0, memory: antagonistMb });
  }
  return next.filter((stimulus) => impossibility(state, 0, stimulus) === null);
}

/** The classes that may still be submitted: those of the situation, and any for those who only pass by. */
function missing(
  { config }: State,
  { live }: Situation,
  way: readonly Stimulus[],
  passersBy: number,
): readonly number[] {
  const left = live.map((one) => one.class);
  let passing = passersBy;
  for (const stimulus of way) {
    if (stimulus.type !== 'submit') continue;
    const place = left.indexOf(stimulus.class);
    if (place >= 0) left.splice(place, 1);
    else passing--;
  }
  return passing > 0 ? config.classes.map((_, index) => index) : [...new Set(left)];
}

function countOf(way: readonly Stimulus[], type: Stimulus['type']): number {
  return way.filter((stimulus) => stimulus.type === type).length;
}

/** Two ways with the same key lead to the same. */
function keyOf({ machines, shards, counts }: State, way: readonly Stimulus[]): string {
  const [machine] = machines;
  return JSON.stringify([
    machine!.antagonist,
    machine!.live.map((one) => [one.class, one.demand, one.resident, one.phase]),
    shards[0]!.queues.map(({ items, head }) => items.length - head),
    counts.submitted,
    way.flatMap((stimulus) => (stimulus.type === 'submit' ? [stimulus.class] : [])).sort(),
  ]);
}
