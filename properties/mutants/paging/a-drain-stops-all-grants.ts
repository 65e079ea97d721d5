import { mutantOf } from '../parts/mutant.ts';
import { grants, pagesBy } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'a-drain-stops-all-grants',
  sentence: 'A machine that drains gives RAM to nobody.',
  rule: 'grant-to-run',
  fault: pagesBy({ grants: (scene) => (scene.machine.status === 'draining' ? [] : grants(scene)) }),
});
