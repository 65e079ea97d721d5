import { mutantOf } from '../parts/mutant.ts';
import { grants, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-all-or-nothing',
  sentence: 'RAM is given only to one that gets all that it has asked for.',
  rule: 'grant-to-run',
  fault: pagesBy({
    grants: (scene) => grants(scene).filter(({ slot, mb }) => mb === scene.state.invocations[slot]!.fresh),
  }),
});
