/** The ids of the rules, in the order of the pages: they stand in verdicts, in files and on pages, and are never renamed. */
export const RULE_IDS = [
  'possible-decision',
  'run-the-highest',
  'run-resident',
  'start-highest',
  'preempt-outranked',
  'memory-bound',
  'kill-iff',
  'page-out-lowest',
  'page-in-to-run',
  'grant-to-run',
  'disk-works',
  'answered',
  'admit',
  'inherit',
  'wake-caller',
  'place-greatest',
  'place-least-loaded',
  'bounded-overtaking',
  'idle-list-true',
  'bill-exact',
  'budget-bound',
] as const;

export type RuleId = (typeof RULE_IDS)[number];

/** The number of each rule in {@link RULE_IDS}: the index of premise counters, and of its bit in a set. */
export const RULE_INDEX = Object.fromEntries(RULE_IDS.map((id, index) => [id, index])) as Record<
  RuleId,
  number
>;

/**
 * Which rules are asked, as a bit for each by its number. What lies outside of a set is neither permitted nor forbidden
 * by it: a judge of that set does not ask. What is not possible is refused by every set.
 */
export type RuleSet = number;

/** All of XX. */
export const EVERY_RULE: RuleSet = ruleSetOf(RULE_IDS);

/** The set of these rules. */
export function ruleSetOf(ids: readonly RuleId[]): RuleSet {
  return ids.reduce((set, id) => set | (1 << RULE_INDEX[id]), 0);
}

/** Whether the rule of this number is asked. */
export function asks(rules: RuleSet, number: number): boolean {
  return (rules & (1 << number)) !== 0;
}
