import { mutantOf } from '../parts/mutant.ts';
import { pagesBy, roomMb } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-what-is-on-its-way-in',
  sentence: 'RAM counts as free until the chunk that is on its way there has arrived.',
  rule: 'grant-to-run',
  fault: pagesBy({ roomMb: (scene) => roomMb(scene) + (scene.disk.transfer === 'in' ? scene.disk.mb : 0) }),
});
