import { mutantOf } from '../parts/mutant.ts';
import { grants, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-only-while-the-disk-rests',
  sentence: 'No RAM is given while a transfer is in flight.',
  rule: 'grant-to-run',
  fault: pagesBy({ grants: (scene) => (scene.disk.transfer === 'none' ? grants(scene) : []) }),
});
