import type { Checker } from '../checker.ts';
import { holdingsOn, movesOn, named, willRunOf } from './holdings.ts';

const PROPERTY = 'steady';

/**
 * Paging decides nothing: what is given or moved in a step leaves the will-run set of its machine as it was before. That the
 * end of a transfer leaves it so, too, is no matter of a scheduler.
 */
export const steady: Checker = {
  property: PROPERTY,
  check({ config, due }, { decisions }, met) {
    if (config.paging === undefined) return null;
    for (const machine of due.touched) {
      const moves = movesOn(machine, decisions);
      if (moves.length === 0) continue;
      const before = willRunOf(machine, holdingsOn(machine, moves));
      if (before.length === machine.live.length) continue;
      met(PROPERTY);
      const now = willRunOf(machine, holdingsOn(machine));
      if (before.length === now.length && before.every((one, place) => one === now[place])) continue;
      return {
        property: PROPERTY,
        entity: `machine ${machine.id}`,
        message: `${toRun(before)} on machine ${machine.id} before memory was moved there, and ${toRun(now)} after that`,
      };
    }
    return null;
  },
};

function toRun(willRun: Parameters<typeof named>[0]): string {
  if (willRun.length === 0) return 'nobody was to run';
  return `${named(willRun)} ${willRun.length === 1 ? 'was' : 'were'} to run`;
}
