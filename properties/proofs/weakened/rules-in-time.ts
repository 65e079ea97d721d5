import { type RulesInTime, XX_IN_TIME } from '../encoding/in-time.ts';
import { type Rules, XX } from '../encoding/rules.ts';
import { and, atLeast, atMost, equal, FALSE, int, moreThan, not, plus, smallerOf } from '../terms/term.ts';

/** Rules of a disk that takes time, each said otherwise in one point. */

const within = (changed: Partial<RulesInTime>): Rules => ({ ...XX, inTime: { ...XX_IN_TIME, ...changed } });

export const theAntagonistsRam = within({
  share: (held, lackAbove, host) => XX_IN_TIME.share(held, lackAbove, { ...host, usable: host.ram }),
});
export const beyondTheShare = within({
  mayPageIn: (isMember, isBest, memory, share) =>
    and(isMember, isBest, atLeast(share, int(1)), atMost(memory, plus(share, int(1)))),
});
export const countsAll = within({
  exceeds: (demand, host) => XX_IN_TIME.exceeds(demand, host, int(0)),
  isOverfull: (demand, host) => XX_IN_TIME.isOverfull(demand, host, int(0)),
});
export const wholeChunks = within({
  mayPageOut: (one, occasion) =>
    and(
      XX_IN_TIME.mayPageOut(one, occasion),
      equal(occasion.memory, smallerOf(one.resident, occasion.chunk)),
    ),
});
export const thoseThatWait = within({
  mayPageIn: (_isMember, _isBest, memory, share) => atMost(memory, share),
});
export const aMbTooMany = within({
  mayPageOut: (one, occasion) =>
    and(
      moreThan(occasion.over, int(0)),
      XX_IN_TIME.mayPageOut(one, { ...occasion, over: plus(occasion.over, int(1)) }),
    ),
});
export const eagerly = within({ mayAllocate: (_isMember, memory, share) => atMost(memory, share) });
export const aheadOfNeed = within({
  mayPageOut: (one, occasion) => XX_IN_TIME.mayPageOut(one, { ...occasion, over: occasion.memory }),
});
export const toVictims = within({ mayBorrow: (isMember) => not(isMember) });
export const lowestFirst = within({
  mayPageIn: (isMember, _isBest, memory, share) => and(isMember, atMost(memory, share)),
});
export const roomFirst = within({
  mayPageOut: (one, occasion) => XX_IN_TIME.mayPageOut(one, { ...occasion, comesIn: FALSE }),
});
