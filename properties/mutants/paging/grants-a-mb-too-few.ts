import { mutantOf } from '../parts/mutant.ts';
import { grants, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'grants-a-mb-too-few',
  sentence: 'One that asks for memory is given a MB less than it may have.',
  rule: 'grant-to-run',
  fault: pagesBy({
    grants: (scene) => grants(scene).flatMap(({ slot, mb }) => (mb > 1 ? [{ slot, mb: mb - 1 }] : [])),
  }),
});
