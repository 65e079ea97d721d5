import { counted } from '../../../model/counted.ts';
import type { Place } from './address.ts';
import type { PlayedFilm } from './film.ts';

/** What to say of a place that a film does not have, since the last that it has is shown instead; null if it has it. */
export function beyondText({ step, point }: Place, film: PlayedFilm): string | null {
  const last = film.recorded.length;
  if (step === null || last === 0) return null;
  if (step > last) {
    return `The address names step ${step}, and the run has ${counted(last, 'step')}: shown is the last.`;
  }
  const most = film.decisionsOf(step)?.length ?? 0;
  if (point === null || point <= most) return null;
  return `The address names decision ${point} of step ${step}, which has ${counted(most, 'decision')}: shown is the end of the step.`;
}
