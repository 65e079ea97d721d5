import { mutantOf } from '../parts/mutant.ts';
import { settlesBy } from '../parts/pager.ts';

const settle = settlesBy({});

export const mutant = mutantOf({
  name: 'the-end-of-a-transfer-changes-nothing',
  sentence: 'When a transfer has ended, nothing is done before something else happens.',
  rule: 'disk-works',
  fault: () => ({
    pager: {
      settle(xx, state, machine, disk) {
        if (!xx.isPaged) settle(xx, state, machine, disk);
      },
    },
  }),
});
