import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'pages-out-only-what-ram-cannot-hold',
  sentence: 'Memory goes to swap when RAM is full, and not for those that wait for theirs.',
  rule: 'disk-works',
  fault: pagesBy({
    overMb: ({ machine, disk }) =>
      machine.resident - (disk.transfer === 'out' ? disk.mb : 0) - machine.usableRam,
  }),
});
