import { counted } from '../model/counted.ts';

/** A verdict as one line. @param refusal what is wrong with the last step; null when nothing is. */
export function verdictText(steps: number, refusal: string | null): string {
  return refusal === null ? `accepted: ${counted(steps, 'step')}` : `refused: ${refusal}`;
}
