import { addTally, clearTally, emptyTally, type Tally } from '../coverage.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Expander, LeftOut } from './expander.ts';
import type { Counterexample } from './search.ts';
import { StateReader } from './state-reader.ts';
import { ROOT, stepsToWrong } from './steps-to.ts';
import { Visited } from './visited.ts';

/** What walks have seen. */
export interface Walked {
  /** How many walks there were, and how many states they went through in all. */
  readonly walks: number;
  readonly walked: number;
  /** Steps judged: all that lead out of the states that were gone through. */
  readonly steps: number;
  /** Every state that one of these steps leads to. */
  readonly visited: Visited;
  /** How many shapes the states have that were gone through: see {@link shapeOf}. */
  readonly shapes: number;
  readonly counterexample: Counterexample | null;
  readonly tally: Tally;
  readonly leftOut: LeftOut;
}

export interface WalkOptions {
  /** How many states to go through. */
  readonly steps: number;
  /** Whether ways that were taken less are preferred; otherwise each is as likely as any other. */
  readonly guided: boolean;
  /** A number from 0 up to, not including, a bound: all of chance. */
  readonly draw: (bound: number) => number;
  /** Asked now and then, and waited for; false ends the walks. */
  readonly goOn: (progress: { states: number; walked: number }) => Promise<boolean>;
}

/** After so many steps a walk ends, where nothing else ends it. */
const LONGEST = 250;
const ASK_EVERY = 1024;

/**
 * Walks through the states of an instance that is too large to be explored, and judges every step out of each state on the
 * way. A walk begins after `boot`, or, if it is guided, every other time in a state that showed a new shape when it was
 * first met. Ends at the first that is wrong.
 */
export async function walk(expander: Expander, options: WalkOptions): Promise<Walked> {
  const { steps, draw, goOn } = options;
  const walker = new Walker(expander, options);
  let walked = 0;
  let walks = 0;
  let goesOn = walker.boot();
  while (goesOn && walked < steps) {
    walks++;
    let state: number | null = walker.begin();
    for (let length = 0; state !== null && length < LONGEST && walked < steps && goesOn; length++) {
      if (walked % ASK_EVERY === 0) goesOn = await goOn({ states: walker.visited.size, walked });
      if (!goesOn) break;
      walked++;
      state = walker.leave(state, draw);
      goesOn = walker.wrong === null;
    }
  }
  const { visited, wrong, tally, leftOut } = walker;
  const counterexample = wrong === null ? null : stepsToWrong(expander, visited, wrong.parent, wrong.ordinal);
  return {
    ...{ walks, walked, steps: walker.steps, visited, tally, leftOut },
    shapes: walker.shapes,
    counterexample,
  };
}

class Walker {
  readonly visited: Visited;
  readonly tally: Tally;
  readonly leftOut: LeftOut = { impossible: 0, outside: 0 };
  steps = 0;
  wrong: { parent: number; ordinal: number } | null = null;
  private readonly expander: Expander;
  private readonly options: WalkOptions;
  private readonly reader: StateReader;
  /** How often a state of each shape was gone through. */
  private readonly timesByShape = new Map<string, number>();
  /** States that showed a new shape. */
  private readonly beginnings: number[] = [];
  private roots = 0;

  constructor(expander: Expander, options: WalkOptions) {
    this.expander = expander;
    this.options = options;
    this.visited = new Visited(expander.packing.words);
    this.tally = emptyTally(expander.tally.met.length);
    this.reader = new StateReader(expander.packing);
  }

  get shapes(): number {
    return this.timesByShape.size;
  }

  /** False when something is wrong, or nothing is reached. */
  boot(): boolean {
    this.take(ROOT);
    this.roots = this.visited.size;
    return this.wrong === null && this.roots > 0;
  }

  /** The state in which the next walk begins. */
  begin(): number {
    const { beginnings, roots } = this;
    const { guided, draw } = this.options;
    if (guided && beginnings.length > 0 && draw(2) === 0) return beginnings[draw(beginnings.length)]!;
    return draw(roots);
  }

  /** The next state of the walk; null where it ends. */
  leave(state: number, draw: WalkOptions['draw']): number | null {
    const ways = this.take(state);
    if (this.wrong !== null || ways.length === 0) return null;
    const chosen = this.options.guided ? this.leastTaken(ways) : ways;
    const next = chosen[draw(chosen.length)]!;
    this.passThrough(next);
    return next;
  }

  /** Judges all steps out of a state; where they lead, each as often as steps do. */
  private take(state: number): number[] {
    const { expander, visited } = this;
    const ways: number[] = [];
    let ordinal = 0;
    clearTally(expander.tally);
    expander.leftOut.impossible = 0;
    expander.leftOut.outside = 0;
    const visit: Parameters<Expander['boot']>[0] = ({ wrong }, words) => {
      this.steps++;
      if (wrong !== null) {
        this.wrong = { parent: state, ordinal };
        return false;
      }
      const added = visited.add(words, 0, state, ordinal++);
      ways.push(added < 0 ? ~added : added);
      return true;
    };
    if (state === ROOT) expander.boot(visit);
    else expander.expand(visited.blockOf(state), visited.offsetOf(state), visit);
    addTally(this.tally, expander.tally);
    this.leftOut.impossible += expander.leftOut.impossible;
    this.leftOut.outside += expander.leftOut.outside;
    this.steps += expander.leftOut.impossible + expander.leftOut.outside;
    return ways;
  }

  private leastTaken(ways: readonly number[]): number[] {
    let least = Number.POSITIVE_INFINITY;
    let chosen: number[] = [];
    for (const way of ways) {
      const times = this.timesByShape.get(this.shapeOf(way)) ?? 0;
      if (times > least) continue;
      if (times < least) chosen = [];
      least = times;
      chosen.push(way);
    }
    return chosen;
  }

  private passThrough(state: number): void {
    const shape = this.shapeOf(state);
    const times = this.timesByShape.get(shape) ?? 0;
    this.timesByShape.set(shape, times + 1);
    if (times === 0) this.beginnings.push(state);
  }

  private shapeOf(state: number): string {
    return shapeOf(this.reader.read(this.visited, state));
  }
}

/**
 * What a state looks like from afar: how many invocations there are of each phase and class, waiting or not, in memory or
 * not, by machine, and what state each machine is in; who they are, how old and how large does not count.
 */
export function shapeOf({ invocations, machines }: Snapshot): string {
  const parts = invocations.map(
    ({ stage, class: priceClass, machine, demand, resident, ageMs, caller }) =>
      `${stage}.${priceClass}.${machine}.${resident === demand ? 0 : resident === 0 ? 2 : 1}.${ageMs > 0 ? 1 : 0}.${caller < 0 ? 0 : 1}`,
  );
  const places = machines.map(
    ({ presence, shard, antagonist, disk }) => `${presence}.${shard}.${antagonist > 0 ? 1 : 0}.${disk}`,
  );
  return `${parts.sort().join()} ${places.join()}`;
}
