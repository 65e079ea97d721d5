import type { IdHabit } from '../arbitraries/habits.ts';

/** Low ids that the director hands out stay below this prime, so that a stride visits all of them. */
const ID_SPACE = 100_003;

/** Ids that are alike in their low bits differ from this one up, so many to a kind. */
const ALIKE_FROM = 2 ** 32;
const ALIKE = 4;

/** The id that is handed out as the `count`-th, from 1: each once, as long as there are no more than {@link ID_SPACE}. */
export function idOf({ kind, pivot, stride, twist }: IdHabit, count: number): number {
  switch (kind) {
    case 'low':
      return ((count * stride) % ID_SPACE) ^ twist;
    case 'around':
      return count % 2 === 1 ? pivot + (count - 1) / 2 : pivot - count / 2;
    case 'below':
      return pivot - count + 1;
    case 'alike':
      return (count % ALIKE) * ALIKE_FROM + Math.floor(count / ALIKE);
  }
}
