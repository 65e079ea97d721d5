import type { TextFinding } from '../finding.ts';
import { CLASS_FINDINGS } from './classes.ts';
import { MEMORY_FINDINGS } from './memory.ts';
import { PAGING_FINDINGS } from './paging.ts';
import { PLACEMENT_FINDINGS } from './placement.ts';
import { QUEUE_FINDINGS } from './queues.ts';

/** The most important first. */
const ORDER: readonly string[] = [
  'ratio-favours-newcomers',
  'ratio-favours-the-cheap',
  'ratio-of-the-authors',
  'crowded-at-the-shard',
  'choice-by-number-alone',
  'idle-by-memory-alone',
  'stranded-low-class',
  'stranded-after-preemption',
  'low-load-is-felt',
  'killed-for-a-newcomer',
  'an-empty-machine-that-kills',
  'high-killed-beside-low',
  'a-callee-kills-its-caller',
  'a-stall-spreads',
  'a-hog-kills-its-peers',
  'a-drifting-count',
  'triggers-that-inherit',
  'aging-undone',
  'killed-for-a-chain',
  'a-degraded-page',
  'a-budget-stops-nothing-that-runs',
  'a-lifted-chain',
  'an-answer-costs-the-turn',
  'swapped-and-needed-soon',
  'to-and-fro',
  'a-machine-more-delays',
  'more-ram-kills',
  'more-swap-kills',
  'no-reserve-no-exchange',
  'a-kill-after-a-kill',
  'an-inversion-at-the-disk',
  'whole-chunks-only',
];

const KNOWN = [
  ...QUEUE_FINDINGS,
  ...PLACEMENT_FINDINGS,
  ...MEMORY_FINDINGS,
  ...CLASS_FINDINGS,
  ...PAGING_FINDINGS,
];

/** What the text of the paper leads to, the most important first; those without a rank last. */
export const TEXT_FINDINGS: readonly TextFinding[] = [
  ...ORDER.map((id) => KNOWN.find((finding) => finding.id === id)!),
  ...KNOWN.filter(({ id }) => !ORDER.includes(id)),
];
