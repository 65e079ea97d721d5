import type { Decision, Step, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration, Scenario } from '../../model/configuration.ts';
import { emptyTally } from '../../model/coverage.ts';
import { ImpossibleStimulus } from '../../model/input-error.ts';
import { Model } from '../../model/model.ts';
import { ruleSetOf } from '../../model/rules/rule-set.ts';
import type { State } from '../../model/state.ts';
import { impossibility } from '../../model/stimuli.ts';
import { everybody } from '../../model/unended.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';

/**
 * A scheduler that plays while an observer looks for one thing. No rule is asked: what is looked for need not be forbidden by any,
 * and a run goes on whatever a rule says.
 */

/** What an observer is given after each step. */
export interface Look {
  readonly state: State;
  readonly step: Step;
  /** Those that had not ended before the step, as they were then. */
  readonly before: ReadonlyMap<number, Was>;
}

/** An invocation as it was. */
export interface Was {
  readonly class: number;
  readonly phase: number;
  readonly machine: number | null;
  readonly demand: number;
  /** Which invocation waited for it, and for which it waited. */
  readonly caller: number | null;
  readonly callee: number | null;
}

/** Says in words what it sees after a step, or null; made anew for each run, so that it may remember. */
export type Observer = (config: Configuration) => (look: Look) => string | null;

/** What was seen, and after which step, counted from 1. */
export interface Sighting {
  readonly step: number;
  readonly words: string;
}

const NO_RULES = ruleSetOf([]);

/** A scenario that is played stimulus by stimulus. */
export class Watch {
  readonly #model: Model;
  readonly #scheduler: Scheduler;
  readonly #look: (look: Look) => string | null;
  readonly #config: Configuration;
  readonly steps: Step[] = [];
  /** The first thing that was seen; null as long as nothing was. */
  sighting: Sighting | null = null;

  constructor(config: Configuration, scheduler: Scheduler, observer: Observer) {
    this.#config = config;
    this.#model = new Model(config, emptyTally(), NO_RULES);
    this.#scheduler = scheduler;
    this.#look = observer(config);
    scheduler.reset(config);
  }

  get state(): State {
    return this.#model.state;
  }

  /** What has been played. */
  get scenario(): Scenario {
    return { config: this.#config, stimuli: this.steps.map(({ at, stimulus }) => ({ at, stimulus })) };
  }

  /** Plays a stimulus. @returns whether it is possible; it is left out otherwise. */
  play({ at, stimulus }: TimedStimulus): boolean {
    if (impossibility(this.state, at, stimulus) !== null) return false;
    const before = snapshotOf(this.state);
    let decisions: Decision[];
    try {
      decisions = this.#scheduler.step(at, stimulus);
      this.#model.stimulate(at, stimulus);
      for (const decision of decisions) {
        if (this.#model.isPossible(decision)) this.#model.apply(decision);
      }
    } catch (error) {
      if (!(error instanceof ImpossibleStimulus)) throw error;
      return false;
    }
    const step = { at, stimulus, decisions };
    this.steps.push(step);
    const words = this.#look({ state: this.state, step, before });
    if (words !== null) this.sighting ??= { step: this.steps.length, words };
    return true;
  }
}

/** Plays a whole scenario. Stimuli that are not possible are left out; `played` then lacks them. */
export function watch(scenario: Scenario, scheduler: Scheduler, observer: Observer): Watch {
  const watched = new Watch(scenario.config, scheduler, observer);
  for (const timed of scenario.stimuli) watched.play(timed);
  return watched;
}

function snapshotOf({ invocations }: State): Map<number, Was> {
  return new Map(
    everybody(invocations).map((one) => [
      one.id,
      {
        class: one.class,
        phase: one.phase,
        machine: one.machine?.id ?? null,
        demand: one.demand,
        caller: one.caller?.id ?? null,
        callee: one.callee?.id ?? null,
      },
    ]),
  );
}
