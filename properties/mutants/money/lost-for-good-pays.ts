import { mutantOf } from '../parts/mutant.ts';
import { Remembered } from '../parts/remembered.ts';
import { ShadowMeter } from '../parts/shadow-meter.ts';

export const mutant = mutantOf({
  name: 'lost-for-good-pays',
  sentence: 'An invocation that crashes have ended for good pays for its last attempt.',
  rule: 'bill-exact',
  fault: () => {
    const config = new Remembered();
    let meter: ShadowMeter | undefined;
    return {
      reads: (configuration) => config.remember(configuration),
      hears(moment) {
        meter ??= new ShadowMeter(config.now, {});
        meter.advance(moment);
        return [moment.stimulus];
      },
      says: (decisions) =>
        decisions.map((decision) =>
          decision.type === 'kill' && decision.reason === 'attempts'
            ? { ...decision, bill: meter!.billOf(decision.id) }
            : decision,
        ),
    };
  },
});
