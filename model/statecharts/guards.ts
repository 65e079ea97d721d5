/**
 * Every guard of the charts: one sentence each. A guard that is a permission bears the id of its rule; the
 * others ask for a plain fact. `always` sets no condition: a consequence, or another chart asks.
 */
export const GUARDS = {
  always: 'No condition: it is a consequence, or another chart asks for one.',
  possible: 'What the stimulus names exists, and its figures are in range.',

  admit: 'It is the answer that is due, with the class, shard and degraded flag that are owed.',
  'attempts-exhausted': 'It is the next of those lost in the crash, and its attempts are used up.',
  'place-greatest':
    'It is the head with the greatest price × wait; among equals, the one of the highest class.',
  'place-least-loaded': 'None of the machines that the shard may choose from holds fewer functions.',
  'start-highest': 'It is in the will-run set, wholly resident, and a core is free.',
  'preempt-outranked': 'It runs, and is not in the will-run set.',
  'grant-to-run':
    'It is in the will-run set, asks for this much, and those above it lack none of the RAM that is free.',
  'page-out-lowest':
    'RAM is over-committed by this much; it will not run, and nobody who goes before it holds RAM.',
  'page-in-to-run': 'It is in the will-run set, lacks this much, and there is room in RAM now.',
  'kill-iff': 'Demand exceeds RAM plus swap, one alone or all together, and it is the lowest that counts.',
  'wake-caller': 'The invocation it waits for has just ended, with this outcome.',
  'bill-exact': 'The bill is exactly what was metered in the last attempt.',
  'idle-list-true': 'Everything else is settled, and the thresholds call for exactly this entry.',

  'not-of-xx': 'Never: XX has no such word, and the rule that is named with it refuses it, if it is asked.',

  'leaves-some': 'Part of what it holds in RAM goes to swap, and part stays.',
  'takes-all': 'All that it still holds in RAM goes to swap.',
  'lacks-more': 'Some of its memory stays in swap.',
  'brings-all': 'All that it lacks comes back to RAM.',
  'takes-time': 'Paging takes time: the configuration says how.',
  'leaves-some-fresh': 'Some of the memory that it asks for is still nowhere.',
  'makes-it-whole': 'All that it demands is in RAM then.',
  'grants-the-rest': 'Nothing that it asks for is still nowhere; a part of it is in swap, or in flight.',
  'sends-for': 'It has this much in swap, and the disk sets out for it.',
  'has-fresh': 'Some of the memory that it asks for is nowhere yet.',
  'is-whole': 'All that it demands is in RAM.',
  'owns-the-transfer': 'The chunk in flight is its own.',
  'takes-it-down': 'It is the last that lives on a machine that drains.',
  'holds-live': 'Invocations live on the machine.',
  'is-empty': 'No invocation lives on the machine.',
  'leaves-others': 'Others still live on the machine.',
  'leaves-it-empty': 'It was the last that lived on the machine.',
  'placed-from-this-entry': 'The shard that keeps the entry took the machine from its own list.',
  'fits-ram': 'The demands of all that live there fit into RAM.',
  'fits-swap': 'The demands of all that live there fit into RAM plus swap, and each could run there alone.',
  exceeds: 'The demands of all that live there exceed RAM plus swap, or one could never run there.',
  'holds-ram': 'It holds some RAM.',
  'holds-no-ram': 'It holds no RAM.',
} as const satisfies Record<string, string>;

export type GuardName = keyof typeof GUARDS;

/** Guards in a fixed order: the numbering that compiled tables and coverage use. */
export const GUARD_NAMES = Object.keys(GUARDS) as GuardName[];
