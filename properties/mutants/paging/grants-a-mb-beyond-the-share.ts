import { mutantOf } from '../parts/mutant.ts';
import { grants, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-a-mb-beyond-the-share',
  sentence: 'One is given a MB more than those above it leave.',
  rule: 'grant-to-run',
  fault: pagesBy({
    grants: (scene) =>
      grants(scene).map(({ slot, mb }) => ({
        slot,
        mb: Math.min(mb + 1, scene.state.invocations[slot]!.fresh),
      })),
  }),
});
