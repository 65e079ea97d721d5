import { mutantOf } from '../parts/mutant.ts';
import { pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-the-room-of-a-dying-chunk',
  sentence: 'The RAM of one that was killed is given away while a chunk of it is still in flight.',
  rule: 'grant-to-run',
  fault: pagesBy({ roomMb: ({ machine }) => Math.max(0, machine.usableRam - machine.resident) }),
});
