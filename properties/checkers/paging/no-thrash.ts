import type { Checker } from '../checker.ts';
import type { Burst, Bursts } from './bursts.ts';

const PROPERTY = 'no-thrash';

/**
 * No transfer undoes another one: while nothing but ends of transfers happens on a machine, each that begins leaves the disk
 * as much less to move as it moves, and no memory of one goes both ways.
 */
export function createNoThrash(bursts: Bursts): Checker {
  return {
    property: PROPERTY,
    check(state, step, met) {
      for (const burst of bursts.follow(state, step)) {
        if (burst.now.length === 0) continue;
        met(PROPERTY);
        const why = movedBothWays(burst) ?? movedForNothing(burst);
        if (why !== null) return { property: PROPERTY, entity: `machine ${burst.machine.id}`, message: why };
      }
      return null;
    },
  };
}

function movedBothWays({ machine, before, now }: Burst): string | null {
  for (const { id, type, memory } of now) {
    const back = before.find((earlier) => earlier.id === id && earlier.type !== type);
    if (back === undefined) continue;
    const [there, here] = type === 'pageIn' ? ['to swap', 'back'] : ['to RAM', 'to swap'];
    return `${back.memory} MB of invocation ${id} went ${there} on machine ${machine.id}, and ${memory} MB go ${here}, while nothing else has happened there`;
  }
  return null;
}

function movedForNothing({ machine, now, leftBeforeMb, leftNowMb }: Burst): string | null {
  const movedMb = now.reduce((sum, { memory }) => sum + memory, 0);
  if (leftNowMb === leftBeforeMb - movedMb) return null;
  return `the disk of machine ${machine.id} had ${leftBeforeMb} MB to move and begins to move ${movedMb} MB, after which it has ${leftNowMb} MB to move`;
}
