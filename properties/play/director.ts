import type { Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Machine } from '../../model/entities.ts';
import { clientOf } from '../../model/optional/optional-state.ts';
import { lacks, whyLeftOut } from '../../model/parts.ts';
import type { State } from '../../model/state.ts';
import {
  countHearingInvocations,
  countHearingMachines,
  hearingInvocation,
  hearingMachine,
  impossibility,
} from '../../model/stimuli.ts';
import { AVAILABILITY, CLIENT, PHASE } from '../../model/table.ts';
import { ODD_NAMES } from '../arbitraries/odd-names.ts';
import { MIXED, type Plan } from '../arbitraries/plan.ts';
import type { Aim, Desk } from './aims/aim.ts';
import { aimOf } from './aims/index.ts';
import { nextAntagonist, nextDemand } from './figures.ts';
import { idOf } from './ids.ts';
import { nextOfTransfers } from './transfers.ts';

type Mixed = (typeof MIXED)[number];

/** In which phases clients give up: the queue counts more than any other. */
const WAITING = [
  ...[PHASE.queued, PHASE.queued, PHASE.queued, PHASE.ready, PHASE.running, PHASE.blocked],
  // Nobody is left there by one that answers.
  PHASE.admission,
];

/** A search for one particular invocation looks at no more than this many, however many there are. */
const MOST_LOOKED_AT = 8;

/**
 * Chooses the stimuli of a run, one by one, among those that the charts enable in the state that the scheduler
 * under test has brought the model into.
 */
export class Director {
  private readonly plan: Plan;
  private draws = 0;
  private steps = 0;
  private handedOut = 0;
  /** What the run aims at, if anything. */
  private readonly aim: Aim | null;
  /** Weights in force: those of stimuli that the charts enable now. */
  private readonly enabled: number[] = new Array(MIXED.length).fill(0);

  /** Ids that others have handed out. */
  private readonly taken: ReadonlySet<number>;

  constructor(plan: Plan, taken: ReadonlySet<number> = new Set()) {
    this.plan = plan;
    this.taken = taken;
    const { aim } = plan.habits;
    this.aim = aim === null ? null : aimOf(plan.config, aim);
  }

  /** The next stimulus, from one gene. */
  next(state: State, gene: number): TimedStimulus {
    this.draws = gene;
    const step = this.steps++;
    const { crowd, startMs } = this.plan.habits;
    if (step < 2 * crowd) {
      return { at: state.now, stimulus: this.stimulus(state, step < crowd ? 'submit' : 'turn') };
    }
    const aimed = this.aims() ? this.aim!.next(this.desk(state)) : null;
    if (aimed !== null && !isLeftOut(state, aimed.stimulus)) return aimed;
    const ofTransfers = nextOfTransfers(state, this.below);
    if (ofTransfers !== null && impossibility(state, state.now, ofTransfers) === null) {
      return { at: this.nextTime(state), stimulus: ofTransfers };
    }
    const at = Math.min(Math.max(startMs, this.nextTime(state)), Number.MAX_SAFE_INTEGER);
    return { at, stimulus: this.nextTimeout(state) ?? this.stimulus(state, this.nextType(state)) };
  }

  /** Now and then the client of a root gives up, where the configuration has the words for it; most often of one that waits. */
  private nextTimeout({ optional, byPhase }: State): Stimulus | null {
    if (optional?.words.has('timeouts') !== true || this.below(8) > 0) return null;
    const bucket = byPhase[WAITING[this.below(WAITING.length)]!]!;
    const first = bucket.length === 0 ? 0 : this.below(bucket.length);
    for (let offset = 0; offset < Math.min(bucket.length, MOST_LOOKED_AT); offset++) {
      const one = bucket[(first + offset) % bucket.length]!;
      if (one.root && clientOf(optional, one) === CLIENT.waits) return { type: 'timeout', id: one.id };
    }
    return null;
  }

  private aims(): boolean {
    return this.aim !== null && this.below(8) < this.plan.habits.aim!.zeal;
  }

  private desk(state: State): Desk {
    return {
      state,
      below: this.below,
      submission: (tenant) => ({ ...this.submission(state), tenant }),
    };
  }

  private submission({ config }: State): Extract<Stimulus, { type: 'submit' }> {
    return {
      type: 'submit',
      id: this.nextId(),
      tenant: this.below(config.tenants.length),
      function: this.nextName('f'),
      class: this.nextClass(config.classes.length),
      shard: this.below(config.shards),
    };
  }

  private nextTime(state: State): number {
    const { longestPauseMs, simultaneous, rhythm } = this.plan.habits;
    if (longestPauseMs === 0 || this.below(8) < simultaneous) return state.now;
    if (rhythm === 'even') return state.now + this.below(longestPauseMs + 1);
    const pauses = this.below(4) === 0;
    if (rhythm === 'leaps' && !pauses) return state.now;
    return state.now + (pauses ? longestPauseMs - 1 : 0) + this.below(Math.min(3, longestPauseMs + 1));
  }

  private nextType(state: State): Mixed {
    const { weights } = this.plan;
    const { enabled } = this;
    // Without machines nothing happens, whatever the mix.
    const isDark = state.byAvailability[AVAILABILITY.up]!.length === 0;
    if (isDark && !lacks(state.config, 'faults') && this.below(3) > 0 && isEnabled(state, 'join'))
      return 'join';
    let total = 0;
    for (let index = 0; index < MIXED.length; index++) {
      const weight = weights[index]!;
      enabled[index] = weight > 0 && isEnabled(state, MIXED[index]!) ? weight : 0;
      if (MIXED[index] === 'turn' && !hasWork(state)) enabled[index] = 1;
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
        return this.submission(state);
      case 'call': {
        const caller = hearingInvocation(state, type, this.below(countHearingInvocations(state, type)));
        return {
          type,
          caller: caller.id,
          id: this.nextId(),
          function: this.nextName('g'),
          class: this.nextClass(config.classes.length),
          shard: this.below(config.shards),
        };
      }
      case 'turn':
        return { type, shard: this.nextTurn(state) };
      case 'restart':
        return { type, shard: this.below(config.shards) };
      case 'resize': {
        const invocation = hearingInvocation(state, type, this.below(countHearingInvocations(state, type)));
        return {
          type,
          id: invocation.id,
          demand: Math.max(
            lacks(config, 'shrink') ? invocation.demand : 1,
            nextDemand(invocation, this.plan.habits.appetite, this.below),
          ),
        };
      }
      case 'finish': {
        const invocation = hearingInvocation(state, type, this.below(countHearingInvocations(state, type)));
        return { type, id: invocation.id };
      }
      case 'antagonist': {
        const machine = hearingMachine(state, type, this.below(countHearingMachines(state, type)));
        return { type, machine: machine.id, memory: nextAntagonist(machine, this.below) };
      }
      case 'join': {
        const down = countHearingMachines(state, type);
        const pick = this.below(down + (mayGrow(state) ? 1 : 0));
        const machine = pick === down ? state.machines.length : hearingMachine(state, type, pick).id;
        const like = config.machines[this.below(config.machines.length)]!;
        return {
          type,
          machine,
          cores: 1 + this.below(like.cores) + (this.below(16) === 0 ? this.below(8) : 0),
          ram: Math.min(Math.max(1, like.ram - 2 + this.below(4)), Number.MAX_SAFE_INTEGER),
          swap: lacks(config, 'swap') ? 0 : this.below(like.swap + 2),
        };
      }
      case 'drain':
      case 'crash':
        return { type, machine: this.nextToGo(state, type).id };
      case 'tick':
        return { type };
    }
  }

  private nextClass(classes: number): number {
    const { favourite } = this.plan.habits;
    return favourite !== null && this.below(2) === 0 ? favourite % classes : this.below(classes);
  }

  /** Most turns are of a shard that has work, if any has. */
  private nextTurn({ shards }: State): number {
    const first = this.below(shards.length);
    if (this.below(8) === 0) return first;
    for (let offset = 0; offset < shards.length; offset++) {
      const shard = (first + offset) % shards.length;
      if (shards[shard]!.queued > 0) return shard;
    }
    return first;
  }

  /**
   * Mostly the machine of an invocation that is waited for on another machine; else, of two machines, the one with more
   * to lose.
   */
  private nextToGo(state: State, type: 'drain' | 'crash'): Machine {
    const missed = type === 'crash' && this.below(4) > 0 ? this.missedElsewhere(state) : null;
    if (missed !== null) return missed;
    const count = countHearingMachines(state, type);
    const one = hearingMachine(state, type, this.below(count));
    const other = hearingMachine(state, type, this.below(count));
    return other.live.length > one.live.length ? other : one;
  }

  private missedElsewhere({ byPhase }: State): Machine | null {
    for (const phase of [PHASE.running, PHASE.ready]) {
      const bucket = byPhase[phase]!;
      const first = bucket.length === 0 ? 0 : this.below(bucket.length);
      for (let offset = 0; offset < Math.min(bucket.length, MOST_LOOKED_AT); offset++) {
        const { machine, caller } = bucket[(first + offset) % bucket.length]!;
        if (machine !== null && caller !== null && caller.machine !== machine) return machine;
      }
    }
    return null;
  }

  private nextId(): number {
    for (;;) {
      const id = idOf(this.plan.habits.ids, ++this.handedOut);
      if (!this.taken.has(id)) return id;
    }
  }

  private nextName(initial: string): string {
    const number = this.below(4);
    const isOdd = this.below(8) < this.plan.habits.oddNames;
    return isOdd ? ODD_NAMES[this.below(ODD_NAMES.length)]! : `${initial}${number}`;
  }

  /** A number from 0 up to, not including, `bound`: drawn from the gene of this step. */
  private readonly below = (bound: number): number => {
    this.draws = (this.draws + 0x9e3779b9) | 0;
    let x = this.draws;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return Math.floor(((x ^ (x >>> 15)) >>> 0) * 2 ** -32 * bound);
  };
}

/** At most this many machines join beyond those of the configuration, so that clusters stay small. */
const MOST_JOINED = 4;

/** Whether a stimulus belongs to a part of XX that the configuration leaves out. */
function isLeftOut(state: State, stimulus: Stimulus): boolean {
  return state.config.without !== undefined && whyLeftOut(state, stimulus) !== null;
}

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

function hasWork({ shards }: State): boolean {
  for (const shard of shards) if (shard.queued > 0) return true;
  return false;
}

function mayGrow(state: State): boolean {
  return state.machines.length < state.config.machines.length + MOST_JOINED;
}
