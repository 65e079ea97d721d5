import { mutantOf } from '../parts/mutant.ts';

export const mutant = mutantOf({
  name: 'a-caller-dies-with-its-callee',
  sentence: 'The caller of an invocation that is killed is killed too.',
  rule: 'answered',
  fault: () => ({
    says: (decisions) =>
      decisions.map((decision, index) => {
        const cause = decisions[index - 1];
        if (decision.type !== 'wake' || cause?.type !== 'kill') return decision;
        return { ...cause, id: decision.id };
      }),
  }),
});
