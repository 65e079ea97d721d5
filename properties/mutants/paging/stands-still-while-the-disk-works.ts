import { mutantOf } from '../parts/mutant.ts';
import { pagesBy, ready } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'stands-still-while-the-disk-works',
  sentence: 'While a transfer is in flight nobody runs on the machine.',
  rule: 'run-the-highest',
  fault: pagesBy({ runs: (scene) => (scene.disk.transfer === 'none' ? ready(scene) : []) }),
});
