import { counted } from '../../../model/counted.ts';
import { PHASE } from '../../../model/table.ts';
import type { Checker } from '../checker.ts';
import { holdingsOn, named, willRunOf } from './holdings.ts';

const PROPERTY = 'lent';

/**
 * Cores are only lent: where somebody runs outside of the will-run set, that set has one for every core, and as many of it
 * wait for their memory.
 */
export const lent: Checker = {
  property: PROPERTY,
  check({ config, due }, _step, met) {
    if (config.paging === undefined) return null;
    for (const machine of due.touched) {
      const willRun = willRunOf(machine, holdingsOn(machine));
      const fillers = machine.live.filter((one) => one.phase === PHASE.running && !willRun.includes(one));
      const waiting = willRun.filter(({ resident, demand }) => resident < demand);
      if (fillers.length === 0 && waiting.length === 0) continue;
      met(PROPERTY);
      if (fillers.length === 0) continue;
      if (fillers.length <= waiting.length && willRun.length === machine.cores) continue;
      return {
        property: PROPERTY,
        entity: `machine ${machine.id}`,
        message: `${named(fillers)} ${fillers.length === 1 ? 'runs' : 'run'} on machine ${machine.id} outside of the will-run set, which has ${willRun.length} for ${counted(machine.cores, 'core')}, and of which ${waiting.length} ${waiting.length === 1 ? 'waits' : 'wait'} for memory`,
      };
    }
    return null;
  },
};
