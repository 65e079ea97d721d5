import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'a-drain-stops-the-disk',
  sentence: 'A machine that drains begins no transfer, though some of those that live there need one.',
  rule: 'disk-works',
  fault: pagesBy({
    isBusy: ({ machine, disk }) => disk.transfer !== 'none' || machine.status === 'draining',
  }),
});
