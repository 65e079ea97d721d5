import { counted } from '../../../model/counted.ts';
import type { Place } from './address.ts';
import type { PlayedFilm } from './film.ts';

/**
 * What to say of a place that a film does not have, since the last that it has is shown instead; null if it has it.
 *
 * @param opened the step that is shown where the address names none.
 */
export function beyondText({ step, point }: Place, film: PlayedFilm, opened: number): string | null {
  const last = film.recorded.length;
  if (last === 0) return null;
  if (step !== null && step > last) {
    return `The address names step ${step}, and the run has ${counted(last, 'step')}: shown is the last.`;
  }
  const at = step ?? Math.min(opened, last);
  const most = film.decisionsOf(at)?.length ?? 0;
  if (point === null || point <= most) return null;
  const named = `The address names decision ${point}${step === null ? `, and step ${at}` : ` of step ${at}, which`}`;
  return `${named} has ${counted(most, 'decision')}: shown is the end of the step.`;
}
