import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Decision, Stimulus } from '../../../../model/alphabet.ts';
import type { Configuration } from '../../../../model/configuration.ts';
import { InputError } from '../../../../model/input-error.ts';
import type { Finding } from '../../../../properties/checkers/checker.ts';
import type { Place } from '../../run/address.ts';
import type { Still } from '../../run/film.ts';
import { forbiddenNow, permittedNow } from '../../run/options.ts';
import { onCluster } from '../run/cluster.ts';
import type { Figures } from '../run/happenings.ts';
import { done, type History, historyOf, redo, undo } from '../run/history.ts';
import { movesNow, permittedToTheEnd } from '../run/moves.ts';
import { type Goal, goalOf, tableForBreaker, tableForHands } from '../run/openings.ts';
import { PRESETS, type Recorded, sessionOfRecorded } from '../run/presets.ts';
import {
  cutAfter,
  dataOf,
  decided,
  ended,
  HANDS,
  happenedAfter,
  type Session,
  untold,
  without,
  withPlayer,
} from '../run/session.ts';
import { wantedOf } from '../run/wanted.ts';
import { CampaignRoom } from './campaign-room.ts';
import { PlayDesk } from './play-desk.ts';
import { loadRecorded } from './recorded.ts';

/** Decisions of one step, where somebody lets the rules choose: rules judged alone may let a step go on forever. */
const MOST_DECISIONS = 1000;

/** Longer scenarios are put into the address when somebody asks for a link, not at every click. */
const MOST_IN_ADDRESS = 1500;

/** What of a table is looked at: the last step, where none is named. */
type At = Pick<Place, 'step' | 'point' | 'beside'>;

const THE_END: At = { step: null, point: null, beside: null };

/** Everything on the page: the session and those before it, the viewer's desk, and what the reader has set. */
export class Board {
  readonly history: Signal<History<Session>>;
  readonly session: ReadonlySignal<Session>;
  readonly desk: Signal<PlayDesk>;
  /** How many ms pass before the next stimulus. */
  readonly waitMs = signal(1);
  readonly figures: Signal<Figures>;
  readonly goal = signal<Goal | null>(null);
  /** What was wrong with the address, or cannot be done. */
  readonly problems = signal<readonly string[]>([]);
  /** What is on record, once it is loaded. */
  readonly recorded = signal<readonly Recorded[]>([]);
  readonly campaign = new CampaignRoom(this);

  constructor(fragment: string) {
    const first = PRESETS[0]!.session;
    this.history = signal(historyOf(first));
    this.session = computed(() => this.history.value.now);
    this.desk = signal(this.deskFor(first, first.stimuli.length, null, null));
    this.figures = signal(figuresFor(first.config));
    this.openAddress(fragment);
    // What the page was opened with is where undoing ends.
    this.history.value = historyOf(this.history.value.now);
  }

  /** Opens what an address asks for; what cannot be understood is said. */
  openAddress(fragment: string): void {
    const { session, step, point, beside, preset, scheduler, goal, problems } = wantedOf(fragment);
    const as = (given: Session): Session => (scheduler === null ? given : withPlayer(given, scheduler));
    batch(() => {
      this.problems.value = problems;
      this.goal.value = goal === null ? null : goalOf(goal);
      const at = { step, point, beside };
      if (session !== null) this.begin(as(session), at);
      else if (this.goal.value !== null) this.challenge(this.goal.value, scheduler, at);
      else if (preset !== null) this.openPreset(preset, as, at);
      else this.begin(as(PRESETS[0]!.session), at);
    });
  }

  /** Puts a preset on the table; those that were recorded are loaded first. */
  openPreset(name: string, as: (session: Session) => Session = (session) => session, at: At = THE_END): void {
    const preset = PRESETS.find((candidate) => candidate.name === name);
    if (preset !== undefined) return this.begin(as(preset.session), at);
    this.begin(as(PRESETS[0]!.session));
    this.withRecorded((all) => {
      const recorded = all.find((one) => one.name === name);
      if (recorded !== undefined) this.begin(as(sessionOfRecorded(recorded)), at);
      else this.complain(`There is no preset "${name.slice(0, 80)}"; choose one from the list.`);
    });
  }

  /** Does something with what is on record, which is loaded the first time. */
  withRecorded(act: (all: readonly Recorded[]) => void): void {
    loadRecorded().then(
      (all) => {
        this.recorded.value = all;
        act(all);
      },
      (error: Error) => this.complain(error.message),
    );
  }

  /**
   * The reader is to break a rule: with empty hands where that is possible, unless another scheduler was asked for; else
   * by what is on record.
   */
  challenge(goal: Goal, scheduler: string | null = null, at: At = THE_END): void {
    const breaker = goal.breakers.find(({ name }) => name === scheduler);
    const hands = breaker === undefined ? tableForHands(goal) : null;
    const player = breaker ?? goal.breakers[0];
    if (hands !== null) return this.begin(hands, at);
    if (player !== undefined) return this.begin(tableForBreaker(goal, player), at);
    this.begin(PRESETS[0]!.session);
    this.withRecorded((all) => {
      const those = all.filter(({ property }) => property === goal.property);
      const recorded = those.find(({ player }) => player === 'xx') ?? those[0];
      if (recorded !== undefined) this.begin(sessionOfRecorded(recorded), at);
    });
  }

  complain(problem: string): void {
    this.problems.value = [...this.problems.value, problem];
  }

  /** A new table: what was on it before can still be brought back. */
  begin(session: Session, { step, point, beside }: At = THE_END): void {
    this.show(done(this.history.value, session), step ?? session.stimuli.length, point, beside);
    this.figures.value = figuresFor(session.config);
  }

  /** Something on the table has changed. */
  private become(
    session: Session,
    step = session.stimuli.length,
    point: number | null = null,
    beside: string | null = this.desk.value.beside.value?.name ?? null,
  ): void {
    this.problems.value = [];
    this.show(done(this.history.value, untold(session)), step, point, beside);
  }

  private show(history: History<Session>, step: number, point: number | null, beside: string | null): void {
    this.campaign.forget();
    const before = this.desk.value;
    const next = this.deskOrProblem(history.now, step, point, beside);
    if (typeof next === 'string') {
      this.problems.value = [next];
      return;
    }
    batch(() => {
      // What it still has to say of the address is of another table.
      before.stop();
      this.history.value = history;
      this.desk.value = next;
    });
    if (history.now.stimuli.length <= MOST_IN_ADDRESS) next.writeAddress();
  }

  /** A desk that can be played and shown; or what keeps it from that. */
  private deskOrProblem(...table: Parameters<Board['deskFor']>): PlayDesk | string {
    try {
      const desk = this.deskFor(...table);
      const objection = objectionTo(desk, table[0].player === HANDS);
      return objection === null ? desk : `That cannot be shown: ${objection}.`;
    } catch (error) {
      if (error instanceof InputError) return `That cannot be played: ${error.message}.`;
      throw error;
    }
  }

  private deskFor(session: Session, step: number, point: number | null, beside: string | null): PlayDesk {
    const isOther = beside !== null && beside !== session.player;
    const place = { step, point, beside: isOther ? beside : null, data: null };
    const desk = new PlayDesk(dataOf(session), place);
    desk.goal = this.goal.value?.property ?? null;
    desk.begin();
    return desk;
  }

  undo(): void {
    this.goBackTo(undo(this.history.value));
  }

  redo(): void {
    this.goBackTo(redo(this.history.value));
  }

  private goBackTo(history: History<Session>): void {
    if (history === this.history.value) return;
    const beside = this.desk.value.beside.value?.name ?? null;
    this.show(history, history.now.stimuli.length, null, beside);
  }

  /** What the page shows; null while it is still played. */
  still(): Still | null {
    const desk = this.desk.value;
    return desk.stillOf(desk.film.value);
  }

  /** What is wrong in the run, as far as it is played. */
  finding(): Finding | null {
    const desk = this.desk.value;
    desk.progress.value;
    const film = desk.film.value;
    return film.finding ?? (film.isDone ? desk.data.told : null);
  }

  /** Why nothing can happen after the step that is shown; null where something can. */
  whyOver(): string | null {
    const { film, step } = this.desk.value;
    const { recorded, broken, finding, isDone } = film.value;
    if (!isDone || step.value < recorded.length) return null;
    if (broken !== null) return 'The run breaks off here.';
    if (finding !== null) return 'The judge has refused this step, so the run ends here.';
    return recorded.length < this.session.value.stimuli.length ? 'The run ends here.' : null;
  }

  /** Whether the step that is shown is the reader's, and has not ended. */
  isYours(): boolean {
    const { player, isOpen, stimuli } = this.session.value;
    return player === HANDS && isOpen && this.desk.value.step.value === stimuli.length;
  }

  /** Something happens after the step that is shown. A step of one's own that may end does so first. */
  happen(at: number, stimulus: Stimulus): void {
    const desk = this.desk.value;
    const step = desk.step.value;
    const session = this.isYours() ? ended(this.session.value, step, this.pointNow()) : this.session.value;
    this.become(happenedAfter(session, step, at, stimulus));
  }

  private pointNow(): number {
    return this.still()?.point ?? 0;
  }

  decide(decision: Decision): void {
    const step = this.desk.value.step.value;
    this.become(decided(this.session.value, step, this.pointNow(), decision), step);
  }

  /** The step ends here, and is judged. */
  endStep(): void {
    const step = this.desk.value.step.value;
    this.become(ended(this.session.value, step, this.pointNow()), step);
  }

  /** A decision that is forbidden is taken, and the step ends, so that the judge says what it says. */
  violate(decision: Decision): void {
    const step = this.desk.value.step.value;
    const taken = decided(this.session.value, step, this.pointNow(), decision);
    this.become({ ...taken, isOpen: false }, step);
  }

  /** The rules choose: whatever is permitted first, to the end of the step. */
  letTheRulesChoose(): void {
    const still = this.still();
    if (still === null) return;
    const { judge, step, point } = still;
    const rest = permittedToTheEnd(judge, MOST_DECISIONS);
    let next = ended(this.session.value, step, point);
    for (const [index, decision] of rest.entries()) next = decided(next, step, point + index, decision);
    this.become(ended(next, step, point + rest.length), step);
  }

  cutHere(): void {
    this.become(cutAfter(this.session.value, this.desk.value.step.value));
  }

  removeStep(): void {
    const step = this.desk.value.step.value;
    this.become(without(this.session.value, step), Math.max(1, step - 1));
  }

  setPlayer(player: string): void {
    const step = this.desk.value.step.value;
    this.become(withPlayer(this.session.value, player), player === HANDS ? 1 : step);
  }

  setCluster(config: Configuration): void {
    this.become(onCluster(this.session.value, config));
    this.figures.value = { ...this.figures.value, ...within(this.figures.value, config) };
  }

  /** Everything that happened is taken back: the cluster has only booted. */
  clear(): void {
    this.become(withPlayer(cutAfter(this.session.value, 1), this.session.value.player));
  }
}

/**
 * Why what may be decided at a step cannot be listed, if it cannot: with vast times and prices a bill may leave the safe
 * integers, which nobody notices until somebody asks for it.
 */
function objectionTo(desk: PlayDesk, isHands: boolean): string | null {
  try {
    const film = desk.film.value;
    const still = desk.stillOf(film);
    if (still === null) return null;
    const { problem } = permittedNow(still);
    if (problem !== null) return problem;
    forbiddenNow(still, desk.subject(film));
    if (isHands) movesNow(still, null);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** What the fields of stimuli begin with: the highest class, and memory that matters on the first machine. */
function figuresFor(config: Configuration): Figures {
  const { cores, ram, swap } = config.machines[0]!;
  return {
    ...{ function: 'page', tenant: 0, class: config.classes.length - 1, shard: 0 },
    demand: Math.max(1, Math.round(ram * 0.8)),
    antagonist: Math.max(1, Math.round(ram / 2)),
    ...{ cores, ram, swap },
  };
}

/** Figures that name something of a cluster, lowered where it has fewer. */
function within({ tenant, class: priceClass, shard }: Figures, config: Configuration): Partial<Figures> {
  return {
    tenant: Math.min(tenant, config.tenants.length - 1),
    class: Math.min(priceClass, config.classes.length - 1),
    shard: Math.min(shard, config.shards - 1),
  };
}
