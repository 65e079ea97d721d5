import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { State } from '../../model/state.ts';
import {
  countHearingInvocations,
  countHearingMachines,
  hearingInvocation,
  hearingMachine,
} from '../../model/stimuli.ts';
import { type Habits, MIXED, type Plan } from '../arbitraries/plan.ts';

type Mixed = (typeof MIXED)[number];

/** Ids that the director hands out stay below this prime, so that a stride visits all of them. */
const ID_SPACE = 100_003;

/**
 * Chooses the stimuli of a run, one by one, among those that the charts enable in the state that the scheduler
 * under test has brought the model into.
 */
export class Director {
  private readonly plan: Plan;
  private draws = 0;
  private handedOut = 0;
  /** Weights in force: drained runs submit nothing more. */
  private readonly enabled: number[] = new Array(MIXED.length).fill(0);

  constructor(plan: Plan) {
    this.plan = plan;
  }

  /** The next stimulus, from one gene. */
  next(state: State, gene: number): TimedStimulus {
    this.draws = gene;
    const at = this.nextTime(state);
    return { at, stimulus: this.stimulus(state, this.nextType(state)) };
  }

  private nextTime(state: State): number {
    const { longestPauseMs, simultaneous }: Habits = this.plan.habits;
    if (longestPauseMs === 0 || this.below(8) < simultaneous) return state.now;
    return state.now + this.below(longestPauseMs + 1);
  }

  private nextType(state: State): Mixed {
    const { weights } = this.plan;
    const { enabled } = this;
    let total = 0;
    for (let index = 0; index < MIXED.length; index++) {
      const weight = weights[index]!;
      enabled[index] = weight > 0 && isEnabled(state, MIXED[index]!) ? weight : 0;
      total += enabled[index]!;
    }
    let rest = this.below(total);
    for (let index = 0; index < MIXED.length; index++) {
      rest -= enabled[index]!;
      if (rest < 0) return MIXED[index]!;
    }
    return 'submit';
  }

  private stimulus(state: State, type: Mixed): Stimulus {
    const { config } = state;
    switch (type) {
      case 'submit':
        return {
          type,
          id: this.nextId(),
          tenant: this.below(config.tenants.length),
          function: `f${this.below(4)}`,
          class: this.below(config.classes.length),
          shard: this.below(config.shards),
        };
      case 'call': {
        const caller = hearingInvocation(state, type, this.below(countHearingInvocations(state, type)));
        return {
          type,
          caller: caller.id,
          id: this.nextId(),
          function: `g${this.below(4)}`,
          class: this.below(config.classes.length),
          shard: this.below(config.shards),
        };
      }
      case 'turn':
      case 'restart':
        return { type, shard: this.below(config.shards) };
      case 'resize': {
        const invocation = hearingInvocation(state, type, this.below(countHearingInvocations(state, type)));
        return { type, id: invocation.id, demand: this.nextDemand(invocation.demand, invocation.machine!) };
      }
      case 'finish': {
        const invocation = hearingInvocation(state, type, this.below(countHearingInvocations(state, type)));
        return { type, id: invocation.id };
      }
      case 'antagonist': {
        const machine = hearingMachine(state, type, this.below(countHearingMachines(state, type)));
        return { type, machine: machine.id, memory: this.below(machine.ram + 2) };
      }
      case 'join': {
        const down = countHearingMachines(state, type);
        const pick = this.below(down + (mayGrow(state) ? 1 : 0));
        const machine = pick === down ? state.machines.length : hearingMachine(state, type, pick).id;
        const like = config.machines[this.below(config.machines.length)]!;
        return {
          type,
          machine,
          cores: 1 + this.below(like.cores),
          ram: 1 + this.below(like.ram + 2),
          swap: this.below(like.swap + 2),
        };
      }
      case 'drain':
      case 'crash': {
        const machine = hearingMachine(state, type, this.below(countHearingMachines(state, type)));
        return { type, machine: machine.id };
      }
      case 'tick':
        return { type };
    }
  }

  private nextDemand(demand: number, machine: { ram: number; swap: number }): number {
    if (!this.plan.habits.smallSteps) return 1 + this.below(machine.ram + machine.swap + 2);
    return this.below(4) === 0 && demand > 1 ? demand - 1 : demand + 1;
  }

  private nextId(): number {
    this.handedOut++;
    return (this.handedOut * this.plan.habits.idStride) % ID_SPACE;
  }

  /** A number from 0 up to, not including, `bound`: drawn from the gene of this step. */
  private below(bound: number): number {
    this.draws = (this.draws + 0x9e3779b9) | 0;
    let x = this.draws;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return Math.floor(((x ^ (x >>> 15)) >>> 0) * 2 ** -32 * bound);
  }
}

/** At most this many machines join beyond those of the configuration, so that clusters stay small. */
const MOST_JOINED = 4;

function isEnabled(state: State, type: Mixed): boolean {
  switch (type) {
    case 'call':
    case 'resize':
    case 'finish':
      return countHearingInvocations(state, type) > 0;
    case 'antagonist':
    case 'drain':
    case 'crash':
      return countHearingMachines(state, type) > 0;
    case 'join':
      return mayGrow(state) || countHearingMachines(state, type) > 0;
    default:
      return true;
  }
}

function mayGrow(state: State): boolean {
  return state.machines.length < state.config.machines.length + MOST_JOINED;
}
