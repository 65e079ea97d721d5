import { mutantOf } from '../parts/mutant.ts';
import { grants, outsiders, pagesBy, roomMb } from '../parts/pager.ts';

export const mutant = mutantOf({
  name: 'zero-fills-eagerly',
  sentence: 'RAM that nobody needs now is given to those that asked for memory and will not run.',
  rule: 'grant-to-run',
  fault: pagesBy({
    grants: (scene) => {
      const given = grants(scene);
      let left = given.reduce((room, { mb }) => room - mb, roomMb(scene));
      for (const slot of outsiders(scene)) {
        const mb = Math.min(left, scene.state.invocations[slot]!.fresh);
        if (mb > 0) given.push({ slot, mb });
        left -= Math.max(0, mb);
      }
      return given;
    },
  }),
});
