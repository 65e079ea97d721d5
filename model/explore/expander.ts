import type { Decision, Step, Stimulus, WordGroup } from '../alphabet.ts';
import type { Configuration } from '../configuration.ts';
import type { Tally } from '../coverage.ts';
import { Judge } from '../judge.ts';
import { EVERY_RULE, type RuleSet } from '../rules/rule-set.ts';
import type { Snapshot, SnapshotFaults } from '../snapshot.ts';
import { type BoundedInstance, configurationOf } from './instance.ts';
import { Loader } from './loading.ts';
import { Packing } from './packing.ts';
import type { Renaming } from './renaming.ts';
import { StateReader } from './state-reader.ts';
import { type Enabled, StimulusPool } from './stimulus-pool.ts';

/** One way out of a state: the stimulus, what was decided, and what is wrong with it, if anything. */
export interface Successor {
  /** How much time passes before the stimulus, in ms. */
  readonly afterMs: number;
  readonly stimulus: Stimulus;
  readonly decisions: readonly Decision[];
  readonly wrong: Wrong | null;
}

/** What exploration finds wrong: a violation of a rule, or of a property that something else checks. */
export interface Wrong {
  readonly rule: string;
  readonly message: string;
}

/** Checks more than the rules, after a step that they accept; what is wrong, or null. */
export type ExtraCheck = (
  judge: Judge,
  step: { at: number; stimulus: Stimulus; decisions: readonly Decision[] },
) => Wrong | null;

/**
 * Receives the successors of a state one by one, always in the same order; `words` holds the packed successor, unless
 * something is wrong, and is overwritten afterwards. Returns false to stop.
 */
export type Visit = (successor: Successor, words: Int32Array) => boolean;

/**
 * Successors that are counted instead of visited. There are none when all rules are asked, since then something is
 * wrong with each of them.
 */
export interface LeftOut {
  /** Steps with a decision that is not possible. */
  impossible: number;
  /** Steps that lead to no state of the instance: a stimulus is left unanswered, or an entry has figures beyond it. */
  outside: number;
}

/** Makes the successors of states. */
export interface Expander {
  /** Where states that differ only in who is called what count as one: what leads from states as they are, and the naming. */
  readonly behind?: Expander;
  readonly renaming?: Renaming;
  readonly packing: Packing;
  readonly tally: Tally;
  readonly leftOut: LeftOut;
  /** The steps to a state, and to what was found wrong first, where they are known; they are remade otherwise. */
  wayTo?(words: Int32Array, offset: number): readonly Step[];
  readonly found?: { readonly wrong: Wrong; readonly steps: readonly Step[] } | null;
  /** The states after `boot`: several when it draws samples. */
  boot(visit: Visit): void;
  expand(words: Int32Array, offset: number, visit: Visit): void;
}

/** What an exploration needs of a scheduler. */
export interface Explorable {
  /** The optional words that it uses: with any it cannot be explored. */
  readonly words?: readonly WordGroup[];
  reset(configuration: Configuration): void;
  step(at: number, stimulus: Stimulus): Decision[];
  load(snapshot: Snapshot): void;
}

/** A judge that is put into one state after the other, and reads packed states. */
export class Workbench {
  readonly instance: BoundedInstance;
  readonly configuration: Configuration;
  readonly packing: Packing;
  readonly tally: Tally;
  /** The rules that are asked. */
  readonly rules: RuleSet;
  /** The state that is being expanded, and what may happen in it. */
  readonly here: Snapshot;
  readonly enabled: Enabled[] = [];
  judge: Judge;
  private loader: Loader;
  private readonly words: Int32Array;
  private readonly reader: StateReader;
  private readonly pool: StimulusPool;

  constructor(instance: BoundedInstance, tally: Tally, rules: RuleSet = EVERY_RULE) {
    this.instance = instance;
    this.tally = tally;
    this.rules = rules;
    this.configuration = configurationOf(instance);
    this.packing = new Packing(instance);
    this.reader = new StateReader(this.packing);
    this.here = this.reader.snapshot;
    this.words = new Int32Array(this.packing.words);
    this.pool = new StimulusPool(instance);
    this.judge = new Judge(this.configuration, tally, rules);
    this.loader = new Loader(this.judge.state, instance.invocations);
  }

  /** A judge before its first step. */
  renew(): void {
    this.judge = new Judge(this.configuration, this.tally, this.rules);
    this.loader = new Loader(this.judge.state, this.instance.invocations);
  }

  /** Unpacks a state and finds what may happen in it. */
  enter(words: Int32Array, offset: number): void {
    this.reader.unpack(words, offset);
    this.pool.enabledIn(this.here, this.enabled);
  }

  /** Puts the judge into the state that was entered. */
  load(): void {
    this.loader.load(this.here);
  }

  /** Whether the judge is in a state of the instance. Where all rules are asked it always is, once they accept a step. */
  get isInside(): boolean {
    return this.rules === EVERY_RULE || this.loader.canSave(this.packing);
  }

  /** Packs the quiet state that the judge is in, after this stimulus in the state that was entered. */
  leave(stimulus: Stimulus): Int32Array {
    this.loader.save(this.packing, faultsAfter(this.here.faults, stimulus), this.words);
    return this.words;
  }

  /** The words that the visitor receives for a successor with something wrong: they mean nothing. */
  get nowhere(): Int32Array {
    return this.words;
  }
}

export const NO_FAULTS: SnapshotFaults = { crashes: 0, drains: 0, joins: 0, restarts: 0 };

/** How many faults there were, once a stimulus has happened. */
export function faultsAfter(before: SnapshotFaults, { type }: Stimulus): SnapshotFaults {
  switch (type) {
    case 'boot':
      return NO_FAULTS;
    case 'crash':
      return { ...before, crashes: before.crashes + 1 };
    case 'drain':
      return { ...before, drains: before.drains + 1 };
    case 'join':
      return { ...before, joins: before.joins + 1 };
    case 'restart':
      return { ...before, restarts: before.restarts + 1 };
    default:
      return before;
  }
}
