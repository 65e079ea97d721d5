import { RULE_IDS, type RuleId } from '../rules/rule-set.ts';
import type { Unobserved } from './unobserved.ts';

/** What a log would have to record for a rule to be judged on its own decisions. */
export const EVIDENCE: Readonly<Record<RuleId, readonly string[]>> = {
  'possible-decision': [
    'enqueue',
    'place',
    'start',
    'preempt',
    'pageOut',
    'pageIn',
    'kill',
    'complete',
    'wake',
  ],
  'run-the-highest': ['start', 'preempt'],
  'run-resident': ['start', 'pageIn', 'pageIn.memory'],
  'start-highest': ['start'],
  'preempt-outranked': ['preempt'],
  'memory-bound': ['pageOut', 'pageOut.memory'],
  'kill-iff': ['kill', 'kill.reason'],
  'page-out-lowest': ['pageOut', 'pageOut.memory'],
  'page-in-to-run': ['pageIn', 'pageIn.memory'],
  // Logs that leave something out are of clusters where a page moves at once: these two ask nothing there.
  'grant-to-run': [],
  'disk-works': [],
  answered: ['enqueue', 'throttle', 'place', 'complete', 'wake'],
  admit: ['enqueue', 'enqueue.shard', 'enqueue.class', 'enqueue.degraded', 'throttle'],
  inherit: ['enqueue', 'enqueue.class'],
  'wake-caller': ['wake', 'wake.outcome'],
  'place-greatest': ['place'],
  'place-least-loaded': ['place', 'place.machine', 'place.via', 'place.polled'],
  'bounded-overtaking': ['place'],
  'idle-list-true': [
    ...['list', 'list.shard', 'list.available', 'list.functions', 'list.polled', 'relist', 'relist.shard'],
    ...['relist.available', 'relist.functions', 'unlist', 'unlist.shard'],
  ],
  'bill-exact': ['kill', 'kill.bill', 'complete', 'complete.bill'],
  'budget-bound': ['enqueue', 'throttle'],
};

/** A rule of which a log shows nothing but consequences, or only a part, and what it leaves out. */
export interface NotShown {
  readonly rule: RuleId;
  /** `nothing`: none of its decisions is in the log; `part`: some are, or not all of what they say. */
  readonly shown: 'nothing' | 'part';
  /** What the log leaves out of what the rule is judged by. */
  readonly missing: readonly string[];
}

/** The rules that a log does not show, or not wholly, in the order of the pages. */
export function notShownBy(unobserved: Unobserved): readonly NotShown[] {
  return RULE_IDS.flatMap((rule) => {
    const missing = EVIDENCE[rule].filter((what) => isMissing(what, unobserved));
    if (missing.length === 0) return [];
    const decisions = EVIDENCE[rule].filter((what) => !what.includes('.'));
    const hidden = EVIDENCE[rule].every(
      (what) => isMissing(what, unobserved) || isTooLittle(what, rule, unobserved),
    );
    const noDecision = decisions.every((what) => isMissing(what, unobserved));
    return { rule, shown: noDecision || hidden ? ('nothing' as const) : ('part' as const), missing };
  });
}

function isMissing(what: string, unobserved: Unobserved): boolean {
  const [type, field] = what.split('.') as [Parameters<Unobserved['hides']>[0], string | undefined];
  if (unobserved.hides(type)) return field === undefined;
  return field !== undefined && unobserved.fieldsOf(type).has(field);
}

/** A bill is the only thing that its rule looks at. */
function isTooLittle(what: string, rule: RuleId, unobserved: Unobserved): boolean {
  return rule === 'bill-exact' && !what.includes('.') && unobserved.fieldsOf(what as 'kill').has('bill');
}
