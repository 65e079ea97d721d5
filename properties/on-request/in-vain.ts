import { PHASE } from '../../model/table.ts';
import { invocationOf } from '../../model/unended.ts';
import { className } from '../../model/words.ts';
import type { Checker } from '../checkers/checker.ts';

const ID = 'places-nobody-in-vain';

/**
 * Clients who give up do not come back for an answer: whatever is still done for them is done in vain, and holds up those
 * who wait. Only configurations with the words `timeouts` have such clients.
 */
export const placesNobodyInVain: Checker = {
  property: ID,
  check(state, { stimulus, decisions }, met) {
    if (state.optional === null) return null;
    const { givenUp } = state.optional;
    if (stimulus.type === 'timeout') {
      if (invocationOf(state.invocations, stimulus.id)?.phase === PHASE.queued) met(ID);
      return null;
    }
    for (const decision of decisions) {
      if (decision.type !== 'place') continue;
      const placed = invocationOf(state.invocations, decision.id);
      if (placed === undefined || !givenUp.has(placed)) continue;
      met(ID);
      return {
        property: ID,
        entity: `invocation ${placed.id}`,
        message: `invocation ${placed.id} (class ${className(state, placed.class)}) is placed on machine ${decision.machine}, though its client has given up`,
      };
    }
    return null;
  },
};
