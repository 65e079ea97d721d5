import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { InputError } from '../../../model/input-error.ts';
import { type Entity, entityOf, mentionedIn } from '../../../properties/replay/entity.ts';
import type { PageData } from '../../../properties/replay/exports/html/data.ts';
import { type Claim, fragmentOf, type Place } from '../run/address.ts';
import { beyondText } from '../run/beyond.ts';
import { firstDifference } from '../run/compare.ts';
import { PlayedFilm, type Still } from '../run/film.ts';
import { playingBeside, playingOf } from '../run/players.ts';
import { positionsOf, type ScaleType, scaleFor } from '../run/scale.ts';
import { AddressBar } from './address-bar.ts';
import { Zoom } from './zoom.ts';

/** So long at a time the page plays before it listens again, in ms. */
const SPELL_MS = 30;
/** How long a step is shown while it plays by itself, in ms. */
const STEP_MS = 500;

export interface DeskOptions {
  /** Whether the address follows what is looked at: not where there is more than this on a page. */
  readonly hasAddress?: boolean;
  /** What an address begins with that leads here without having the run in it. */
  readonly prefix?: string;
  /** What the page leads back to, in words. */
  readonly back?: string | null;
}

/** What is on the page: the run, the one beside it, and what of them is looked at. */
export class Desk {
  readonly data: PageData;
  /** What the address says was found; null when it says nothing. It is not believed. */
  readonly claimed: Claim | null;
  /** What to say beside the verdict: what of the address could not be done. */
  readonly notes = signal<readonly string[]>([]);
  readonly film: Signal<PlayedFilm>;
  readonly beside = signal<PlayedFilm | null>(null);
  /** Counts up while films are played, so that what shows them is drawn again. */
  readonly progress = signal(0);
  readonly step = signal(1);
  /** How many decisions of the step are tried; null: all that were accepted. */
  readonly point = signal<number | null>(null);
  readonly chosen = signal<Entity | null>(null);
  readonly scale: Signal<ScaleType>;
  readonly zoom: Zoom;
  readonly isPlaying = signal(false);
  readonly failing: ReadonlySignal<number | null>;
  readonly difference: ReadonlySignal<number | null>;
  readonly positions: ReadonlySignal<Float64Array>;
  readonly length: ReadonlySignal<number>;
  /** Whether the time line scrolls to whom the step is about: not while somebody holds it. */
  follows = true;
  private hasMoved = false;
  /** Whether what the address or the page names is still being judged: until then nothing else is shown in its place. */
  readonly isOnItsWay: Signal<boolean>;
  private place: Place;
  private timer: ReturnType<typeof setInterval> | null = null;
  readonly address = new AddressBar();
  private isStopped = false;
  /** Where the page leads back to, if it has more than this. */
  readonly back: string | null;
  private readonly hasAddress: boolean;
  private readonly prefix: string;

  /**
   * @param data as {@link readPageData} has checked it.
   * @throws InputError when it cannot be played here: no such scheduler, or its decisions are damaged.
   */
  constructor(
    data: PageData,
    place: Place,
    { hasAddress = true, prefix = '', back = null }: DeskOptions = {},
  ) {
    this.data = data;
    this.place = place;
    this.hasAddress = hasAddress;
    this.prefix = prefix;
    this.back = back;
    this.claimed = place.claimed ?? null;
    this.notes.value = place.problems ?? [];
    this.isOnItsWay = signal(place.step !== null || data.range !== null);
    this.film = signal(new PlayedFilm(playingOf(data)));
    const times = data.scenario.stimuli.map(({ at }) => at);
    this.scale = signal(scaleFor(times));
    this.positions = computed(() => positionsOf(times, this.scale.value));
    this.length = computed(() => {
      this.progress.value;
      return Math.max(1, this.film.value.recorded.length, this.beside.value?.recorded.length ?? 0);
    });
    this.zoom = new Zoom(this.positions, this.length);
    this.failing = computed(() => {
      this.progress.value;
      return this.failingOf(this.film.value);
    });
    this.difference = computed(() => {
      this.progress.value;
      const { film, beside } = this;
      if (beside.value === null) return null;
      const areDone = film.value.isDone && beside.value.isDone;
      return firstDifference(film.value.recorded, beside.value.recorded, areDone);
    });
  }

  /** The step of a film that fails; null while none does. A property of whole runs may fail after the last one. */
  failingOf(film: PlayedFilm): number | null {
    const finding = film.finding ?? (film === this.film.value && film.isDone ? this.data.told : null);
    return finding === null ? null : Math.min(finding.step, Math.max(1, film.recorded.length));
  }

  begin(): void {
    this.playOn(this.film.value, () => this.arrive());
    if (this.place.beside !== null) this.putBeside(this.place.beside);
  }

  /** Ends what goes on by itself, where another desk takes its place. */
  stop(): void {
    this.isStopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    this.address.stop();
  }

  /** Goes where an address leads, within the same run. */
  goTo(place: Place): void {
    this.place = { ...place, data: this.place.data };
    this.hasMoved = false;
    this.notes.value = place.problems ?? [];
    if ((this.beside.value?.name ?? null) !== place.beside) this.putBeside(place.beside ?? '');
    if (this.film.value.isDone) this.arrive();
  }

  private note(sentence: string): void {
    this.notes.value = [...this.notes.value, sentence];
  }

  /** Plays a film to its end, a spell at a time. */
  private playOn(film: PlayedFilm, whenDone: () => void): void {
    if (this.isStopped || (film !== this.film.value && film !== this.beside.value)) return;
    const begun = performance.now();
    film.play(() => performance.now() - begun < SPELL_MS);
    this.progress.value++;
    if (film.isDone) return whenDone();
    const { step, point } = this.place;
    // Where the address leads is shown as soon as it is there.
    if (step !== null && !this.hasMoved && film === this.film.value && film.recorded.length >= step) {
      this.show(step, point);
    }
    setTimeout(() => this.playOn(film, whenDone), 0);
  }

  /** Opens where the address says, or at the step that fails, unless somebody has gone elsewhere by now. */
  private arrive(): void {
    if (this.hasMoved) return;
    const { step, point } = this.place;
    const { range } = this.data;
    const first = step ?? this.failing.value ?? range?.from ?? 1;
    const beyond = beyondText(this.place, this.film.value, first);
    if (beyond !== null) this.note(beyond);
    batch(() => {
      this.show(first, beyond === null ? point : null);
      if (range !== null)
        this.zoom.to(this.positions.value[range.from]!, this.positions.value[range.to + 1]!);
      else if (this.length.value > 400) this.zoom.around(first, 120);
    });
  }

  /** Goes to a step, as somebody asked. */
  go(step: number, point: number | null = null): void {
    this.hasMoved = true;
    batch(() => {
      this.show(step, point);
      this.zoom.keepInView(this.step.value);
    });
    this.follow();
  }

  private follow(): void {
    if (this.hasAddress) this.address.follow(() => this.fragment(false));
  }

  private show(step: number, point: number | null): void {
    this.isOnItsWay.value = false;
    this.step.value = Math.max(1, Math.min(step, this.length.value));
    this.point.value = point;
  }

  choose(entity: Entity | null): void {
    this.chosen.value = entity;
  }

  /** Whom the page shows all about: who was chosen, or whom the step is about. */
  subject(film: PlayedFilm): Entity | null {
    return this.chosen.value ?? this.ownSubject(film);
  }

  /** Whom the step is about. */
  ownSubject(film: PlayedFilm): Entity | null {
    const step = Math.min(this.step.value, film.recorded.length);
    const recorded = film.recorded[step - 1];
    if (recorded === undefined) return null;
    const finding = film.finding ?? this.data.told;
    const about = step === this.failingOf(film) && finding !== null ? entityOf(finding.entity) : null;
    return about ?? mentionedIn(recorded.timed.stimulus);
  }

  /** What a film shows now; null where it has not come so far. */
  stillOf(film: PlayedFilm): Still | null {
    this.progress.value;
    const step = this.step.value;
    if (step > film.recorded.length) return null;
    return film.still(step, this.point.value ?? undefined);
  }

  /** Puts another scheduler beside the first; an empty name takes it away. */
  putBeside(name: string): void {
    if (name === '') {
      this.beside.value = null;
    } else {
      try {
        const other = new PlayedFilm(playingBeside(this.data, name));
        this.beside.value = other;
        this.playOn(other, () => {});
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        this.beside.value = null;
        this.note(`Nobody can be put beside it: ${error.message}.`);
      }
    }
    if (this.hasMoved) this.follow();
  }

  /** The fragment of an address that leads here. @param withRun whether it works without this page. */
  fragment(withRun: boolean): string {
    const isWhole = withRun || this.place.data !== null;
    const fragment = fragmentOf({
      step: this.step.value,
      point: this.point.value,
      beside: this.beside.value?.name ?? null,
      data: isWhole ? this.data : null,
    });
    return isWhole ? fragment : `${this.prefix}${fragment}`;
  }

  togglePlaying(): void {
    if (this.timer !== null) {
      clearInterval(this.timer);
      this.timer = null;
      this.isPlaying.value = false;
      return;
    }
    if (this.step.value === this.length.value) this.go(1);
    this.isPlaying.value = true;
    this.timer = setInterval(() => {
      this.go(this.step.value + 1);
      if (this.step.value === this.length.value) this.togglePlaying();
    }, STEP_MS);
  }

  setScale(type: ScaleType): void {
    batch(() => {
      const { isAll } = this.zoom;
      const [first, last] = this.zoom.steps();
      this.scale.value = type;
      if (!isAll) this.zoom.to(this.positions.value[first]!, this.positions.value[last]!);
    });
  }

  /** Shows more or less of the time line, around the step that is looked at unless given. */
  zoomBy(factor: number, around: number = this.positions.value[this.step.value]!): void {
    this.zoom.by(factor, around);
  }
}
