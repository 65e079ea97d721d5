import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-the-antagonists-ram',
  sentence: 'RAM is given as if there were no antagonist.',
  rule: 'grant-to-run',
  fault: pagesBy({
    roomMb: ({ machine, disk }) =>
      Math.max(0, machine.ram - machine.resident - (disk.transfer === 'dying' ? disk.mb : 0)),
  }),
});
