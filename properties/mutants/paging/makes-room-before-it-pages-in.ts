import { mutantOf } from '../parts/mutant.ts';
import { nextIn, nextOut, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'makes-room-before-it-pages-in',
  sentence: 'Room is made for a lesser one while the memory of a better one could come in.',
  rule: 'page-out-lowest',
  fault: pagesBy({ transfer: (scene) => nextOut(scene) ?? nextIn(scene) }),
});
