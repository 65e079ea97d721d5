import { OPTIONAL_DECISION_TYPES, type StimulusType } from '../alphabet.ts';
import { PERMISSION_OF_GUARD, RULE_OF_DECISION } from '../rules/index.ts';
import type { RuleId } from '../rules/rule.ts';
import { RULE_IDS } from '../rules/rule-set.ts';
import type { GuardName } from '../statecharts/guards.ts';
import type { Transition } from '../table.ts';

/**
 * The rules that concern a transition: for a decision, the one that refuses it if its guard fails; for a stimulus,
 * those that say what must follow; and for a guard that asks for a plain fact, those that this fact matters to.
 */
export function rulesOfTransition({ guard, event }: Transition): readonly RuleId[] {
  const permission = PERMISSION_OF_GUARD[guard];
  if (permission !== undefined) return [permission.id];
  const ofFact = RULES_OF_FACT[guard];
  if (ofFact !== undefined) return ofFact;
  const ofStimulus = RULES_AFTER[event as StimulusType | 'calleeEnds'];
  return ofStimulus ?? [ruleOfDecision(event)];
}

/**
 * Which rules see to it that no accepted trace takes a transition that is possible and always wrong: a judge of these
 * alone refuses the decision, or one before it without which it could not be taken, or a step that leaves too much undone,
 * at the latest the step in which the transition is taken.
 */
export function rulesAgainst({ table, source, event }: Transition): readonly RuleId[] {
  switch (table) {
    case 'invocation':
      if (source === 'finishing' || source === 'waking') return ['answered'];
      // A running invocation lacks memory only if it started without it, or has lost it since.
      return source === 'running' && event === 'pageIn'
        ? ['start-highest', 'page-out-lowest']
        : [ruleOfDecision(event)];
    case 'swap':
      if (event === 'resize') return ['run-resident'];
      if (event === 'pageIn') return ['grant-to-run', 'page-in-to-run'];
      // It may have lost memory only after it had returned.
      return event === 'complete' ? ['run-resident', 'answered'] : [ruleOfDecision(event)];
    case 'disk':
      // Whoever has returned was in RAM, and has lost some of it only since.
      return ['answered', 'run-resident', 'page-out-lowest', 'page-in-to-run'];
    default:
      if (source !== 'exhausted') return [ruleOfDecision(event)];
      // An answer may come before the kill: then what made the kill due came before the answer, and should not have.
      if (event === 'place') return ['kill-iff', 'place-greatest'];
      return event === 'complete' ? ['kill-iff', 'answered'] : ['kill-iff'];
  }
}

/** The rule by which XX refuses the event of a transition of optional words; none for a stimulus, or an event of XX itself. */
export function rulesAgainstOptional({ event, rule }: Transition): readonly RuleId[] {
  if (rule >= 0) return [RULE_IDS[rule]!];
  return (OPTIONAL_DECISION_TYPES as readonly string[]).includes(event) ? [ruleOfDecision(event)] : [];
}

function ruleOfDecision(event: Transition['event']): RuleId {
  return RULE_OF_DECISION[event as keyof typeof RULE_OF_DECISION].id;
}

const RULES_OF_FACT: Partial<Record<GuardName, readonly RuleId[]>> = {
  'leaves-some': ['page-out-lowest'],
  'takes-all': ['page-out-lowest'],
  'lacks-more': ['page-in-to-run'],
  'brings-all': ['page-in-to-run'],
  'takes-time': ['run-resident'],
  'leaves-some-fresh': ['grant-to-run'],
  'makes-it-whole': ['grant-to-run'],
  'grants-the-rest': ['grant-to-run'],
  'sends-for': ['page-in-to-run'],
  'has-fresh': ['run-resident'],
  'is-whole': ['run-resident'],
  'owns-the-transfer': ['answered', 'run-resident', 'page-out-lowest', 'page-in-to-run'],
  'takes-it-down': ['answered', 'run-resident', 'page-out-lowest', 'page-in-to-run'],
  'holds-live': ['place-least-loaded', 'idle-list-true'],
  'is-empty': ['place-least-loaded', 'idle-list-true'],
  'leaves-others': ['place-least-loaded'],
  'leaves-it-empty': ['place-least-loaded'],
  'placed-from-this-entry': ['idle-list-true'],
  'fits-ram': ['memory-bound'],
  'fits-swap': ['memory-bound'],
  exceeds: ['kill-iff'],
};

const RULES_AFTER: Record<StimulusType | 'calleeEnds', readonly RuleId[]> = {
  boot: ['idle-list-true'],
  submit: ['answered', 'budget-bound'],
  call: ['answered', 'inherit'],
  turn: ['answered', 'bounded-overtaking'],
  resize: ['memory-bound', 'run-the-highest'],
  finish: ['answered'],
  antagonist: ['memory-bound', 'run-the-highest'],
  join: ['idle-list-true'],
  drain: ['idle-list-true'],
  crash: ['answered'],
  restart: ['idle-list-true'],
  tick: [],
  paged: ['disk-works'],
  calleeEnds: ['answered'],
  timeout: [],
};
