import { RULE_IDS } from '../../model/rules/rule-set.ts';
import type { PropertyId } from '../catalogue.ts';
import { OF_LIVE_LOGS } from './follower.ts';
import type { Incident } from './incident.ts';
import type { Metric } from './openmetrics.ts';

/** How a log went on elsewhere than where it was read. */
export type Rotation = 'replaced' | 'truncated';

/** What was counted of a live log since its reading began. */
export class Counters {
  steps = 0;
  decisions = 0;
  bytes = 0;
  unreadable = 0;
  impossible = 0;
  /** Violations that were not told once more. */
  repeats = 0;
  /** How often the log began anew. */
  restarts = 0;
  readonly rotations: Record<Rotation, number> = { replaced: 0, truncated: 0 };
  /** Violations by property: those that nothing before explains, and those that may follow from something. */
  readonly violations = new Map<PropertyId, { new: number; followOn: number }>(
    [...RULE_IDS, ...OF_LIVE_LOGS].map((id) => [id, { new: 0, followOn: 0 }]),
  );

  count({ type, rule, mayFollowFrom }: Incident): void {
    if (type !== 'violation') {
      this[type]++;
      return;
    }
    const counts = this.violations.get(rule!)!;
    if (mayFollowFrom === null) counts.new++;
    else counts.followOn++;
  }

  /** How many violations in all, and how many of them may follow from something before. */
  get totals(): { violations: number; followOns: number } {
    const totals = { violations: 0, followOns: 0 };
    for (const { new: unexplained, followOn } of this.violations.values()) {
      totals.violations += unexplained + followOn;
      totals.followOns += followOn;
    }
    return totals;
  }
}

/** What is so now, beside what was counted. */
export interface Now {
  /** The time of the last step, in ms of virtual time. */
  readonly virtualMs: number;
  /** When the last step was read, in ms since 1970; 0 before the first. */
  readonly readAtMs: number;
  readonly unended: number;
  readonly inDoubt: Incident['inDoubt'];
}

/** What a monitoring system is told. Every series is there from the start, so that its first increase is seen. */
export function metricsOf(counters: Counters, now: Now): Metric[] {
  const { steps, decisions, bytes, unreadable, impossible, repeats, restarts, rotations } = counters;
  const counter = (name: string, help: string, value: number): Metric => {
    return { name, type: 'counter', help, samples: [{ labels: {}, value }] };
  };
  const gauge = (name: string, help: string, value: number, unit?: string): Metric => {
    const samples = [{ labels: {}, value }];
    return { name, type: 'gauge', help, samples, ...(unit === undefined ? {} : { unit }) };
  };
  return [
    counter('xx_judge_steps', 'Steps that were judged.', steps),
    counter('xx_judge_decisions', 'Decisions in these steps.', decisions),
    { ...counter('xx_judge_read_bytes', 'Bytes of the log that were read.', bytes), unit: 'bytes' },
    {
      name: 'xx_judge_violations',
      type: 'counter',
      help: 'Steps that a property refuses; follow_on: whether an earlier fault may be why.',
      samples: [...counters.violations].flatMap(([rule, counts]) => [
        { labels: { rule, follow_on: 'false' }, value: counts.new },
        { labels: { rule, follow_on: 'true' }, value: counts.followOn },
      ]),
    },
    counter('xx_judge_repeats', 'Follow-on violations counted and not told again.', repeats),
    counter('xx_judge_unreadable_lines', 'Lines that could not be read.', unreadable),
    counter('xx_judge_impossible_stimuli', 'Stimuli that were not possible.', impossible),
    counter('xx_judge_restarts', 'How often the log began anew.', restarts),
    {
      name: 'xx_judge_rotations',
      type: 'counter',
      help: 'How often the file was replaced or truncated.',
      samples: Object.entries(rotations).map(([how, value]) => ({ labels: { how }, value })),
    },
    gauge('xx_judge_unended_invocations', 'Invocations that have not ended.', now.unended),
    gauge('xx_judge_doubtful_invocations', 'Invocations in doubt.', now.inDoubt.invocations),
    gauge('xx_judge_doubtful_machines', 'Machines in doubt.', now.inDoubt.machines),
    gauge('xx_judge_virtual_time_seconds', 'Time of the last step.', now.virtualMs / 1000, 'seconds'),
    gauge(
      'xx_judge_last_step_timestamp_seconds',
      'When the last step was read, since 1970; 0 before the first.',
      now.readAtMs / 1000,
      'seconds',
    ),
  ];
}
