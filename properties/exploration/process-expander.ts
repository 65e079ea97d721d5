import type { Decision, Step, Stimulus, TimedStimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { addTally, clearTally, copyTally, type Tally } from '../../model/coverage.ts';
import {
  type Expander,
  type ExtraCheck,
  faultsAfter,
  type LeftOut,
  NO_FAULTS,
  type Successor,
  type Visit,
  Workbench,
  type Wrong,
} from '../../model/explore/expander.ts';
import { type BoundedInstance, configurationOf } from '../../model/explore/instance.ts';
import type { Packing } from '../../model/explore/packing.ts';
import { canBePacked, packState } from '../../model/explore/saving.ts';
import type { Enabled } from '../../model/explore/stimulus-pool.ts';
import type { Answer } from '../../model/format/answer.ts';
import { InputError } from '../../model/input-error.ts';
import { Judge } from '../../model/judge.ts';
import { asks, RULE_INDEX, type RuleSet } from '../../model/rules/rule-set.ts';
import { type SnapshotFaults, STAGE } from '../../model/snapshot.ts';
import { wordsOfStimulus } from '../../model/words.ts';
import { type BrokenScheduler, brokenOn } from '../../reference-impl/broken-scheduler.ts';

/** A process as exploration needs it. */
export interface Replayed {
  readonly name: string;
  /** Plays scenarios on one cluster, each from the start; the answers as they were written. */
  answersTo(config: Configuration, scenarios: readonly (readonly TimedStimulus[])[]): string[][];
}

/** What was compared of states that several paths lead to. */
export interface SecondPaths {
  /** How many states were reached by a second path, and of how many of them it was looked at. */
  reached: number;
  compared: number;
  /** How many of these answer something else when they are reached in another way, bills aside; and the first of them. */
  differing: number;
  first: string | null;
}

/** How a state was first reached. */
interface Path {
  readonly steps: readonly Step[];
  /** The answers, as the process wrote them. */
  readonly texts: readonly string[];
  /** How those that have ended did. */
  readonly ended: ReadonlyMap<number, number>;
  /** How many faults there were. */
  readonly faults: SnapshotFaults;
}

const POSSIBLE_DECISION = RULE_INDEX['possible-decision'];
const NOWHERE: Path = { steps: [], texts: [], ended: new Map(), faults: NO_FAULTS };

/**
 * Of states that a second path leads to the first so many are compared, and then one in so many, up to so many in all; each
 * this many steps on.
 */
const COMPARED_FIRST = 50;
const COMPARED_EVERY = 16;
const MOST_COMPARED = 200;
const LONGEST_WALK = 5;

/**
 * Expands the states of a process that can only be started over: every step is reached by playing the shortest path to
 * its state again, all steps out of a state in one round trip. A state is what the model knows of it; the process may
 * remember more, which a sample of second paths looks for.
 */
export class ProcessExpander implements Expander {
  readonly packing: Packing;
  readonly tally: Tally;
  readonly leftOut: LeftOut = { impossible: 0, outside: 0 };
  /** Kept, as the ways to states are: a slow process would be asked for all of it again, and may be stopped meanwhile. */
  found: { readonly wrong: Wrong; readonly steps: readonly Step[] } | null = null;
  readonly secondPaths: SecondPaths = { reached: 0, compared: 0, differing: 0, first: null };
  private readonly instance: BoundedInstance;
  private readonly config: Configuration;
  private readonly process: Replayed;
  private readonly read: (text: string) => Answer;
  private readonly check: ExtraCheck;
  private readonly rules: RuleSet;
  /** What may happen in a state. */
  private readonly workbench: Workbench;
  private readonly words: Int32Array;
  private readonly paths = new Map<string, Path>();
  /** What a step adds to the tally: those before it were counted when they were new. */
  private readonly own: Tally;
  /** States whose second path was compared, or is not worth it. */
  private readonly seconds = new Set<string>();

  /** @param check counts into `own`. */
  constructor(
    instance: BoundedInstance,
    process: Replayed,
    read: (text: string) => Answer,
    { check, own, rules }: { check: ExtraCheck; own: Tally; rules: RuleSet },
  ) {
    this.instance = instance;
    this.config = configurationOf(instance);
    this.process = process;
    this.read = read;
    this.check = check;
    this.own = own;
    this.rules = rules;
    this.tally = copyTally(own);
    this.workbench = new Workbench(instance, copyTally(own), rules);
    this.packing = this.workbench.packing;
    this.words = new Int32Array(this.packing.words);
  }

  boot(visit: Visit): void {
    const boot: TimedStimulus = { at: 0, stimulus: { type: 'boot' } };
    const [texts] = this.process.answersTo(this.config, [[boot]]);
    this.take(NOWHERE, { afterMs: 0, stimulus: boot.stimulus }, texts!, visit);
  }

  expand(words: Int32Array, offset: number, visit: Visit): void {
    const key = keyOf(words, offset, this.packing.words);
    const path = this.paths.get(key)!;
    this.workbench.enter(words, offset);
    const ways = [...this.workbench.enabled];
    const before = timedOf(path);
    const answers = this.process.answersTo(
      this.config,
      ways.map((way) => [...before, nextAfter(path, way)]),
    );
    for (const [index, way] of ways.entries()) {
      if (!this.take(path, way, answers[index]!, visit)) return;
    }
  }

  wayTo(words: Int32Array, offset: number): readonly Step[] {
    return this.paths.get(keyOf(words, offset, this.packing.words))!.steps;
  }

  /** Judges a step out of the state at the end of a path, and has it visited; false when the visitor has had enough. */
  private take(path: Path, { afterMs, stimulus }: Enabled, texts: readonly string[], visit: Visit): boolean {
    const at = (path.steps.at(-1)?.at ?? 0) + afterMs;
    this.mustRepeat(path, texts);
    const text = texts.at(-1)!;
    const answer = this.answer(text, path, { at, stimulus });
    if ('impossible' in answer) {
      const wrong = { rule: 'refuses-alike', message: refusedText(stimulus, at, answer.impossible) };
      this.found ??= { wrong, steps: [...path.steps, { at, stimulus, decisions: [] }] };
      return visit({ afterMs, stimulus, decisions: [], wrong }, this.words);
    }
    const { decisions } = answer;
    const judge = this.judgeAfter(path);
    const wrong = this.judged(judge, { at, stimulus, decisions });
    const successor: Successor = { afterMs, stimulus, decisions, wrong };
    if (wrong === null) {
      if (!canBePacked(judge.state, this.packing)) {
        this.leftOut.outside++;
        return true;
      }
      this.reach(judge, {
        steps: [...path.steps, { at, stimulus, decisions: [...decisions] }],
        texts,
        ended: withEnded(path.ended, decisions),
        faults: faultsAfter(path.faults, stimulus),
      });
      return visit(successor, this.words);
    }
    if (wrong.rule === 'possible-decision' && !asks(this.rules, POSSIBLE_DECISION)) {
      this.leftOut.impossible++;
      return true;
    }
    this.found ??= { wrong, steps: [...path.steps, { at, stimulus, decisions: [...decisions] }] };
    return visit(successor, this.words);
  }

  private judged(judge: Judge, step: Step): Wrong | null {
    clearTally(this.own);
    const wrong = judge.step(step.at, step.stimulus, step.decisions) ?? this.check(judge, step);
    addTally(this.tally, this.own);
    return wrong;
  }

  /** A judge that has seen a path, which it has accepted before. */
  private judgeAfter({ steps }: Path): Judge {
    const judge = new Judge(this.config, this.own, this.rules);
    for (const { at, stimulus, decisions } of steps) judge.step(at, stimulus, decisions);
    return judge;
  }

  /** Packs the state, and keeps the first path to it, which no other is shorter than. */
  private reach(judge: Judge, path: Path): void {
    const stageOfTheRest = (id: number): number => path.ended.get(id) ?? STAGE.unused;
    packState(judge.state, this.packing, this.instance.invocations, stageOfTheRest, path.faults, this.words);
    const key = keyOf(this.words, 0, this.packing.words);
    const known = this.paths.get(key);
    if (known === undefined) {
      this.paths.set(key, path);
      return;
    }
    if (this.seconds.has(key) || isSame(known, path)) return;
    this.seconds.add(key);
    const { secondPaths } = this;
    secondPaths.reached++;
    const isOneOf = secondPaths.reached <= COMPARED_FIRST || secondPaths.reached % COMPARED_EVERY === 0;
    if (isOneOf && secondPaths.compared < MOST_COMPARED) {
      this.compare(known, path, this.words.slice());
    }
  }

  /** Whether a state answers the same however it is reached: at once, and some steps later. */
  private compare(known: Path, other: Path, words: Int32Array): void {
    const { secondPaths } = this;
    const bench = new Workbench(this.instance, copyTally(this.own), this.rules);
    secondPaths.compared++;
    let [one, two] = [known, other];
    for (let depth = 0; depth < LONGEST_WALK; depth++) {
      bench.enter(words, 0);
      const ways = [...bench.enabled];
      if (ways.length === 0) return;
      const asked = [one, two].flatMap((path) => ways.map((way) => [...timedOf(path), nextAfter(path, way)]));
      const texts = this.process.answersTo(this.config, asked).map((answers) => answers.at(-1)!);
      const differs = ways.findIndex(
        (_, index) => sense(texts[index]!) !== sense(texts[index + ways.length]!),
      );
      if (differs >= 0) {
        secondPaths.differing++;
        secondPaths.first ??= `after ${pathText(two)} it answers ${wordsOfStimulus(ways[differs]!.stimulus)} with ${texts[differs + ways.length]}, and after ${pathText(one)} with ${texts[differs]}`;
        return;
      }
      const turn = (secondPaths.compared + depth) % ways.length;
      const next = this.stepOn(one, nextAfter(one, ways[turn]!), texts[turn]!, words);
      if (next === null) return;
      two = { ...two, steps: [...two.steps, { ...nextAfter(two, ways[turn]!), decisions: [] }] };
      one = next;
    }
  }

  /** A path with one step more, and the state that it leads to; null where nothing can be said of that. */
  private stepOn(path: Path, timed: TimedStimulus, text: string, words: Int32Array): Path | null {
    const answer = this.answer(text, path, timed);
    if ('impossible' in answer) return null;
    const { decisions } = answer;
    const judge = this.judgeAfter(path);
    if (judge.step(timed.at, timed.stimulus, decisions) !== null) return null;
    if (!canBePacked(judge.state, this.packing)) return null;
    const ended = withEnded(path.ended, decisions);
    const stageOfTheRest = (id: number): number => ended.get(id) ?? STAGE.unused;
    const faults = faultsAfter(path.faults, timed.stimulus);
    packState(judge.state, this.packing, this.instance.invocations, stageOfTheRest, faults, words);
    return { steps: [...path.steps, { ...timed, decisions }], texts: [...path.texts, text], ended, faults };
  }

  /** @throws BrokenScheduler when a process answers the same stimuli in another way than before. */
  private mustRepeat(path: Path, texts: readonly string[]): void {
    const index = path.texts.findIndex((text, place) => text !== texts[place]);
    if (index < 0) return;
    const asked = timedOf(path).slice(0, index + 1);
    throw this.broken(
      asked,
      `answered ${texts[index]} where it had answered ${path.texts[index]} after the same stimuli: it is not deterministic, and can only be explored if it is; xx fuzz --property determinism shows how`,
    );
  }

  private answer(text: string, path: Path, timed: TimedStimulus): Answer {
    try {
      return this.read(text);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw this.broken(
        [...timedOf(path), timed],
        `answered ${JSON.stringify(text.slice(0, 120))}: ${error.message}`,
      );
    }
  }

  /** @param asked what it was asked; it broke on the last of that. */
  private broken(asked: readonly TimedStimulus[], what: string): BrokenScheduler {
    const error = brokenOn(this.process.name, { step: asked.length, ...asked.at(-1)! }, what);
    error.scenario = { config: this.config, stimuli: [...asked] };
    return error;
  }
}

function keyOf(words: Int32Array, offset: number, width: number): string {
  return words.subarray(offset, offset + width).join();
}

function isSame(one: Path, other: Path): boolean {
  return (
    one.steps.length === other.steps.length &&
    one.steps.every((step, index) => {
      const { at, stimulus } = other.steps[index]!;
      return step.at === at && JSON.stringify(step.stimulus) === JSON.stringify(stimulus);
    })
  );
}

function timedOf({ steps }: Path): TimedStimulus[] {
  return steps.map(({ at, stimulus }) => ({ at, stimulus }));
}

function nextAfter({ steps }: Path, { afterMs, stimulus }: Enabled): TimedStimulus {
  return { at: (steps.at(-1)?.at ?? 0) + afterMs, stimulus };
}

function withEnded(
  before: ReadonlyMap<number, number>,
  decisions: readonly Decision[],
): ReadonlyMap<number, number> {
  const ends = decisions.filter(({ type }) => type === 'complete' || type === 'kill' || type === 'throttle');
  if (ends.length === 0) return before;
  const ended = new Map(before);
  for (const decision of ends) {
    if (decision.type === 'complete') ended.set(decision.id, STAGE.completed);
    if (decision.type === 'kill') ended.set(decision.id, STAGE.killed);
    if (decision.type === 'throttle') ended.set(decision.id, STAGE.throttled);
  }
  return ended;
}

/** An answer without bills, which tell of the way to a state. */
function sense(text: string): string {
  return text.replaceAll(/"bill":\{[^}]*\}/g, '"bill":{}');
}

function pathText({ steps }: Path): string {
  return steps.map(({ at, stimulus }) => `${wordsOfStimulus(stimulus)} at ${at}`).join(', ');
}

function refusedText(stimulus: Stimulus, at: number, why: string): string {
  return `the scheduler refuses ${wordsOfStimulus(stimulus)} at ${at} ms, which is possible: ${why}`;
}
