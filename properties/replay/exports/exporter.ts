import { type Film, type Moment, momentsOf } from '../moment.ts';
import { EVERYTHING, isWithin, type Range } from '../range.ts';

/** Writes a film as text, a moment at a time, so that no more than a moment is held. Takes moments in their order. */
export interface Exporter {
  head(): string;
  /** Left out where the text does not grow with the steps. */
  moment?(moment: Moment): string;
  tail(): string;
}

/** Makes an exporter for some steps of a film. */
export type Format = (film: Film, range: Range) => Exporter;

/** The text of a film, in pieces. */
export function* piecesOf(
  format: Format,
  film: Film,
  range: Range = EVERYTHING,
): Generator<string, void, undefined> {
  const exporter = format(film, range);
  yield exporter.head();
  if (exporter.moment !== undefined) {
    for (const moment of momentsOf(film, (step) => isWithin(range, step))) yield exporter.moment(moment);
  }
  yield exporter.tail();
}

/** How many spells of a film are looked at, and of how many steps, to tell how large it will be. */
const SPELLS = 16;
const STEPS_OF_SPELL = 5;

/**
 * About how many characters the text of a film will have, from some spells of it. The first step of a spell tells what
 * has changed since the spell before, so only the others count.
 */
export function estimatedLength(format: Format, film: Film, range: Range = EVERYTHING): number {
  const steps = film.recording.steps.map(({ step }) => step).filter((step) => isWithin(range, step));
  const isShort = steps.length <= SPELLS * STEPS_OF_SPELL;
  const apart = steps.length / SPELLS;
  const place = (step: number): number => Math.floor((step - steps[0]!) % apart);
  const exporter = format(film, range);
  let length = exporter.head().length;
  let counted = 0;
  let ofCounted = 0;
  if (exporter.moment === undefined) return length + exporter.tail().length;
  const isWanted = (step: number) => isWithin(range, step) && (isShort || place(step) < STEPS_OF_SPELL);
  for (const moment of momentsOf(film, isWanted)) {
    const text = exporter.moment(moment);
    const isFirst = moment.step === steps[0];
    if (isFirst) length += text.length;
    if (isFirst || (!isShort && place(moment.step) === 0)) continue;
    counted++;
    ofCounted += text.length;
  }
  length += exporter.tail().length;
  return Math.round(length + (counted === 0 ? 0 : (ofCounted / counted) * (steps.length - 1)));
}
