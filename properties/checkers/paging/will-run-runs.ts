import { counted } from '../../../model/counted.ts';
import { DISK, PHASE } from '../../../model/table.ts';
import type { Checker } from '../checker.ts';
import type { Burst, Bursts } from './bursts.ts';
import { named } from './holdings.ts';

const PROPERTY = 'will-run-runs';

/**
 * Whoever will run does, if transfers end: when something has happened on a machine, and then nothing but ends of transfers,
 * all who were to run then do so after as many of these as the disk had MB to move, and one for the chunk that it found in
 * flight. Where nothing is in flight nothing would come, so they run.
 */
export function createWillRunRuns(bursts: Bursts): Checker {
  return {
    property: PROPERTY,
    check(state, step, met) {
      for (const burst of bursts.follow(state, step)) {
        const { machine, willRun } = burst;
        const waiting = willRun.filter((one) => one.phase !== PHASE.running || one.machine !== machine);
        if (waiting.length === 0) continue;
        met(PROPERTY);
        const why = whyForever(burst);
        if (why === null) continue;
        const message = `${named(waiting)} will run on machine ${machine.id} and ${waiting.length === 1 ? 'does' : 'do'} not, ${why}`;
        return { property: PROPERTY, entity: `machine ${machine.id}`, message };
      }
      return null;
    },
  };
}

function whyForever({ machine, ended, leftMb }: Burst): string | null {
  if (machine.disk === DISK.idle) return 'and nothing is in flight whose end could change that';
  return ended > leftMb
    ? `after ${counted(ended, 'transfer')} since its disk had ${leftMb} MB to move`
    : null;
}
