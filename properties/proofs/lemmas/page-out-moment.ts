import { HOST, isHost, isRunning, lives, residentCalled } from '../encoding/entities.ts';
import type { Rules } from '../encoding/rules.ts';
import {
  comesNext,
  fitsSoFar,
  lackOf,
  overOf,
  residentOf,
  takes,
  type Walk,
  walkCalled,
} from '../encoding/walk.ts';
import { fact } from '../lemma.ts';
import {
  and,
  atLeast,
  atMost,
  type Bool,
  equal,
  FALSE,
  implies,
  int,
  intVariable,
  lessThan,
  not,
  plus,
} from '../terms/term.ts';

/** The moment when `memory` MB of v go to swap, and the walk that has found the will-run set of that moment. */

export const v = residentCalled('v');
export const j = residentCalled('j');
export const memory = intVariable('memory', 'mb');

export const moment = (rules: Rules) => ({
  walk: walkCalled('w', rules.stopsThere),
  machine: [
    fact('there is a machine', isHost(HOST)),
    fact('v lives there, and is not larger than RAM′', and(lives(v), atMost(v.demand, HOST.usable))),
  ],
});

/** j is the next that the walk meets; if it is outside and gives its RAM before v, it holds none. */
export function meets(rules: Rules, walk: Walk) {
  const isPassed = not(takes(rules, HOST, walk, j));
  return [
    fact('the walk so far', fitsSoFar(walk, HOST), 'walk-fits'),
    fact('j lives there, and is next by rank', and(lives(j), comesNext(walk, j))),
    fact(
      'nobody outside the will-run set who gives its RAM before v holds any',
      implies(and(isPassed, rules.givesFirst(j, v, HOST)), equal(j.resident, int(0))),
    ),
  ];
}

/** What holds while the walk goes on: of those passed over, only those above hold RAM once the walk is below v. */
export function onlyThoseAboveHold(walk: Walk): Bool {
  return and(
    equal(walk.rest, plus(walk.above, walk.same)),
    implies(lessThan(walk.class, v.class), equal(walk.same, int(0))),
  );
}

/** That the page-out is permitted, once the walk is over. */
export function isPermitted(rules: Rules, walk: Walk): Bool {
  const over = overOf(residentOf(walk), lackOf(walk), HOST);
  return and(
    atLeast(memory, int(1)),
    not(isRunning(v)),
    rules.mayPageOut(v, { isMember: FALSE, memory, over, isPreceded: FALSE }),
  );
}
