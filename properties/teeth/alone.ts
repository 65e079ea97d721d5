import type { PropertyId } from '../catalogue.ts';

/**
 * For each property that a scheduler can break, wrong schedulers that it must find alone, on its own evidence, whatever
 * else is wrong with them. A property without an entry here would have shown no teeth.
 */
export const FOUND_ALONE: Readonly<Partial<Record<PropertyId, readonly [string, string, ...string[]]>>> = {
  'possible-decision': ['two-answers', 'wakes-twice', 'joins-a-second-list'],
  'no-priority-inversion': [
    'never-preempts',
    'cheapest-class-first',
    'one-core-too-few',
    'one-core-too-many',
  ],
  'bounded-low-class-starvation': ['price-over-wait', 'highest-class-first', 'least-wait-over-price'],
  'memory-never-exceeds-ram-plus-swap': [
    'fills-the-antagonists-memory',
    'counts-only-what-is-resident',
    'lets-one-mb-pass',
  ],
  'kills-are-the-last-resort': ['kills-the-newest', 'kills-before-it-swaps', 'kills-the-highest'],
  'nothing-swapped-for-a-lower-class': ['pages-out-the-highest-first', 'pages-out-who-blocks'],
  'will-run-runs': ['rests-after-two-transfers', 'starts-nobody-when-memory-has-come'],
  'no-thrash': ['fetches-back-what-it-has-just-taken-out', 'pages-in-those-that-wait'],
  'disk-priority': ['finishes-what-it-has-begun-to-page-in', 'pages-in-the-lowest-first'],
  steady: ['makes-room-for-those-that-wait', 'pages-out-ahead-of-need'],
  lent: ['takes-loans-back-a-step-late', 'lends-a-core-to-victims'],
  conservation: ['a-crash-loses-everybody', 'loses-a-submission-in-a-crowd'],
  'everything-drains': ['waits-for-an-empty-machine', 'an-antagonist-never-leaves'],
  determinism: ['chance-survives-a-reset', 'ties-break-by-turns'],
  'immer-equals-direct': ['snapshots-break-ties-otherwise', 'snapshots-forget-the-last-arrival'],
  'refuses-alike': ['takes-an-id-twice', 'a-refusal-uses-up-the-id'],
  'stays-exact': ['goes-on-beyond-exact-sums', 'a-refused-sum-ends-all-turns'],
  'run-the-highest': ['never-preempts', 'one-core-too-few'],
  'run-resident': ['starts-without-its-pages', 'pages-out-who-blocks'],
  'start-highest': ['one-core-too-many', 'smallest-first'],
  'preempt-outranked': ['lifo-within-a-class', 'cheapest-class-first'],
  'memory-bound': ['lets-one-mb-pass', 'fills-the-antagonists-memory'],
  'kill-iff': ['kills-the-newest', 'kills-one-a-step'],
  'page-out-lowest': ['pages-out-the-highest-first', 'pages-out-who-blocks'],
  'page-in-to-run': ['pages-in-whoever-fits', 'fills-the-antagonists-memory'],
  'grant-to-run': ['grants-a-mb-too-few', 'zero-fills-eagerly'],
  'disk-works': ['the-end-of-a-transfer-changes-nothing', 'a-drain-stops-the-disk'],
  answered: ['a-lost-wake', 'sits-out-a-turn-in-a-hurry'],
  admit: ['never-degrades', 'inherits-the-lower'],
  inherit: ['no-inheritance', 'inherits-the-lower'],
  'wake-caller': ['every-callee-succeeds', 'wakes-a-step-late'],
  'place-greatest': ['price-over-wait', 'highest-class-first'],
  'place-least-loaded': ['prefers-the-busiest-polled', 'packs-the-list'],
  'bounded-overtaking': ['price-over-wait', 'first-come-first-placed'],
  'idle-list-true': ['never-refreshes', 'ignores-the-functions-drift'],
  'bill-exact': ['bills-swapped-memory', 'the-killed-pay-nothing'],
  'budget-bound': ['never-throttles', 'admits-when-just-spent'],
  'no-crowding-on-a-machine': ['never-preempts', 'cheapest-class-first'],
  'no-crowding-across-machines': ['never-preempts', 'cheapest-class-first'],
  'no-crowding': ['never-preempts', 'cheapest-class-first'],
  'bounded-preemption': ['slices-time-within-a-class', 'lifo-within-a-class', 'pages-out-the-highest-first'],
  'places-nobody-in-vain': ['holds-those-who-gave-up', 'cancels-only-those-that-run'],
  'openwhisk-home-before-spill': ['openwhisk-has-no-home', 'openwhisk-counts-a-slot-too-few'],
  'knative-central-queue': ['knative-keeps-a-core-free', 'knative-crowds-its-pods'],
  'sparrow-launches-once': ['sparrow-launches-the-newest', 'sparrow-reserves-at-three'],
  'sparrow-wastes-no-slot': ['sparrow-keeps-a-slot-free', 'sparrow-stops-at-a-no-op'],
  'jiq-lists-once': ['jiq-joins-only-when-empty', 'jiq-keeps-the-full-listed'],
  'jiq-idle-before-random': ['jiq-asks-the-next-dispatcher', 'jiq-takes-the-newest'],
  'prequal-probes-within-its-pool': ['prequal-pools-one-too-many', 'prequal-probes-four'],
  'prequal-cold-before-hot': ['prequal-looks-at-latency-alone', 'prequal-prefers-the-hot'],
  'aws-reserved-floor': ['aws-throttles-with-the-rest', 'aws-grants-one-less'],
  'aws-cap': ['aws-grants-one-more', 'aws-limits-nobody'],
  'hermod-least-loaded-of-k': [
    'hermod-takes-the-first-polled',
    'hermod-counts-the-blocked',
    'hermod-polls-one-machine-fewer',
  ],
  'kairos-runs-the-least-attained': [
    'kairos-forgets-earlier-slices',
    'kairos-takes-long-slices',
    'kairos-runs-the-most-attained',
  ],
  'alps-runs-the-shortest-predicted': [
    'alps-goes-by-the-whole-run',
    'alps-lets-the-outrun-go-on',
    'alps-never-learns',
  ],
  'srpt-runs-the-shortest-remaining': ['srpt-runs-the-longest-remaining', 'srpt-adds-what-is-done'],
  'kubernetes-evicts-only-strictly-lower': ['kubernetes-evicts-equals', 'kubernetes-evicts-anybody'],
  'kubernetes-evicts-only-if-nothing-fits': ['kubernetes-keeps-a-core-free', 'kubernetes-looks-at-one-node'],
  'edf-earliest-deadline-first': ['edf-ignores-the-price', 'edf-hurries-the-cheap'],
};

/** The pairs of {@link FOUND_ALONE}, in its order. */
export function foundAlone(): { property: PropertyId; name: string }[] {
  return Object.entries(FOUND_ALONE).flatMap(([property, names]) =>
    names.map((name) => ({ property: property as PropertyId, name })),
  );
}
