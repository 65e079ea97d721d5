import { referencePager } from '../../../reference-impl/xx/pager.ts';
import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-kill-frees-the-disk',
  sentence: 'When the owner of a transfer is killed, the next one begins at once.',
  rule: 'possible-decision',
  fault: () => ({
    refuses: () => [],
    pager: {
      abandon(disk, invocation, slot) {
        const isOwner = disk.owner === slot;
        referencePager.abandon(disk, invocation, slot);
        if (isOwner) referencePager.forget(disk);
      },
    },
  }),
});
