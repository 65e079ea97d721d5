import type { Decision } from '../../../model/alphabet.ts';
import type { Fault, FaultContext } from './planted.ts';

/**
 * When an invocation completes and wakes nobody although it was called, somebody is woken all the same.
 *
 * @param whom the id of who is woken for the caller of this id; undefined: nobody.
 */
export function orphansWake(
  whom: (caller: number, context: FaultContext) => number | undefined,
): () => Fault {
  return () => {
    const callers = new Map<number, number>();
    return {
      hears({ stimulus }) {
        if (stimulus.type === 'call') callers.set(stimulus.id, stimulus.caller);
        return [stimulus];
      },
      says: (decisions, context) =>
        decisions.flatMap((decision, index): Decision[] => {
          if (decision.type !== 'complete' || decisions[index + 1]?.type === 'wake') return [decision];
          const caller = callers.get(decision.id);
          const woken = caller === undefined ? undefined : whom(caller, context);
          return woken === undefined ? [decision] : [decision, { type: 'wake', id: woken, outcome: 'ok' }];
        }),
    };
  };
}
