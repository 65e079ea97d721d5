import { mutantOf } from '../parts/mutant.ts';
import { outsiders, pagesBy, victims } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'lends-to-one-in-swap',
  sentence: 'A core is lent to the next in rank, whether its memory is there or not.',
  rule: 'start-highest',
  fault: pagesBy({ fillers: (scene) => outsiders(scene).filter((slot) => !victims(scene).includes(slot)) }),
});
