import { mutantOf } from '../parts/mutant.ts';
import { pagesBy, roomMb } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-what-is-on-its-way-out',
  sentence: 'RAM counts as free as soon as a chunk of it has set out for swap.',
  rule: 'grant-to-run',
  fault: pagesBy({ roomMb: (scene) => roomMb(scene) + (scene.disk.transfer === 'out' ? scene.disk.mb : 0) }),
});
