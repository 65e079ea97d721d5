import type { PropertyId } from '../catalogue.ts';

/** Why nobody can break these with empty hands, in one sentence each. All others can be broken so. */
export const NOT_BY_HAND: Partial<Record<PropertyId, string>> = {
  'everything-drains':
    'It is judged where a whole run has come to its end, and what you decide on a table is judged step by step.',
  determinism: 'It compares two plays of one scenario, and what you decide is played once.',
  'immer-equals-direct': 'It compares two forms of one scheduler, and you have only one.',
  'pages-in-parts': 'It is about the model, and no scheduler can break it.',
  'refuses-alike':
    'It is about what a scheduler refuses, and with empty hands the charts refuse whatever cannot happen.',
  'stays-exact':
    'It is about what a scheduler refuses, and with empty hands the charts refuse whatever cannot happen.',
  'sparrow-wastes-no-slot': 'It is about reservations, which XX does not have, and no button makes one.',
  'prequal-probes-within-its-pool': 'It is about probes, which XX does not have, and no button sends one.',
  'prequal-cold-before-hot': 'It is about probes, which XX does not have, and no button sends one.',
  'kubernetes-evicts-only-strictly-lower':
    'It is about evictions, which XX does not have, and no button makes one.',
  'kubernetes-evicts-only-if-nothing-fits':
    'It is about evictions, which XX does not have, and no button makes one.',
  'will-run-runs':
    'It is about many transfers in a row, and what you decide on a table is judged step by step.',
  'no-thrash': 'It is about many transfers in a row, and what you decide on a table is judged step by step.',
  'disk-priority':
    'It is about many transfers in a row, and what you decide on a table is judged step by step.',
  steady: 'Nobody has made a table for it yet.',
  lent: 'Nobody has made a table for it yet.',
};
