import type { Disk } from '../../../reference-impl/xx/state.ts';
import { mutantOf } from '../parts/mutant.ts';
import { fillers, outsiders, ready, settlesBy } from '../parts/pager.ts';

/** Who had a core on loan before a step, and who was lent one in it. */
interface Loans {
  readonly step: number;
  readonly earlier: readonly number[];
  readonly lent: readonly number[];
}

export const mutant = mutantOf({
  name: 'takes-loans-back-a-step-late',
  sentence:
    'A core that was lent is taken back only when something happens after its owner has got its memory.',
  rule: 'lent',
  fault: () => {
    const loans = new WeakMap<Disk, Loans>();
    return {
      pager: {
        settle: settlesBy({
          runs(scene) {
            const { disk, state, machine, xx, willRun } = scene;
            const before = loans.get(disk);
            const earlier = before?.step === xx.step ? before.earlier : (before?.lent ?? []);
            const kept = outsiders(scene).filter(
              (slot) => earlier.includes(slot) && state.invocations[slot]!.phase === 'running',
            );
            const run = [...new Set([...kept, ...ready(scene), ...fillers(scene)])].slice(0, machine.cores);
            const lent = run.filter((slot) => !willRun.includes(slot) && !kept.includes(slot));
            loans.set(disk, { step: xx.step, earlier, lent });
            return run;
          },
        }),
      },
    };
  },
});
