import { describe, expect, test } from 'vitest';
import type { Stimulus } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { RuleId } from '../../model/rules/rule.ts';
import { boot, cluster, finish, HIGH, LOW, submit, turn } from '../../model/testing.ts';
import { createScheduler } from '../contestants/schedulers.ts';
import { askedOf, EVERYTHING } from './asked.ts';
import { playScenario } from './run.ts';
import { emptyCampaignTally } from './tally.ts';

/** Why XX's rules refuse a peer: one rule, by what its author would say of it. */
interface Refusal {
  readonly peer: string;
  readonly rule: RuleId;
  readonly because: string;
  readonly config: Configuration;
  readonly stimuli: readonly Stimulus[];
  /** The step at which the rule refuses, counted from 1, and what it says. */
  readonly step: number;
  readonly says: string;
}

const two = cluster({
  machines: [
    { cores: 1, ram: 10, swap: 5 },
    { cores: 1, ram: 10, swap: 5 },
  ],
  kMachines: 2,
});

const REFUSALS: readonly Refusal[] = [
  {
    peer: 'hermod',
    rule: 'run-the-highest',
    because: 'a low class keeps its part of the core when a high one comes',
    config: cluster(),
    stimuli: [submit(0, LOW), turn(), submit(1, HIGH), turn()],
    step: 5,
    says: 'invocation 0 (class low, running, 1 MB resident) runs and is not in the will-run set',
  },
  {
    peer: 'hermod-hybrid',
    rule: 'place-least-loaded',
    because: 'it looks at every machine, and polls none at random',
    config: two,
    stimuli: [submit(0, LOW), turn()],
    step: 3,
    says: 'a poll takes 2 distinct machines of the 2 that are up',
  },
  {
    peer: 'openwhisk',
    rule: 'place-least-loaded',
    because: 'a function goes home, and no machine is polled',
    config: two,
    stimuli: [submit(0, LOW), turn()],
    step: 3,
    says: 'a poll takes 2 distinct machines of the 2 that are up',
  },
  {
    peer: 'openwhisk',
    rule: 'run-the-highest',
    because: 'an invoker is first come first served, whatever the class',
    config: cluster(),
    stimuli: [submit(0, LOW), turn(), submit(1, HIGH), turn()],
    step: 5,
    says: 'invocation 1 (class high, ready, 1 MB resident) is in the will-run set',
  },
  {
    peer: 'knative',
    rule: 'answered',
    because: 'what no machine has room for waits in the activator, and a turn places nothing',
    config: cluster(),
    stimuli: [submit(0, LOW), submit(1, HIGH), turn()],
    step: 4,
    says: 'shard 0 has work and a machine is up, and it placed nothing',
  },
  {
    peer: 'knative',
    rule: 'place-greatest',
    because: 'a core that is free takes the next one, whose turn it is not',
    config: cluster(),
    stimuli: [submit(0, LOW), submit(1, HIGH), finish(0)],
    step: 2,
    says: 'it answers no turn',
  },
  {
    peer: 'knative-unlimited',
    rule: 'place-least-loaded',
    because: 'it asks two machines, whatever the configuration says',
    config: { ...two, kMachines: 1 },
    stimuli: [submit(0, LOW), turn()],
    step: 3,
    says: 'a poll takes 1 distinct machines of the 2 that are up',
  },
  {
    peer: 'sparrow',
    rule: 'place-least-loaded',
    because: 'it binds late: it holds places in line before it places an invocation',
    config: cluster(),
    stimuli: [submit(0, LOW)],
    step: 2,
    says: 'XX holds no places in line',
  },
  {
    peer: 'jiq',
    rule: 'idle-list-true',
    because: 'a machine is listed for a core to spare, not for memory',
    config: cluster(),
    stimuli: [],
    step: 1,
    says: 'is on no list, which calls for nothing',
  },
  {
    peer: 'jiq-sq2',
    rule: 'idle-list-true',
    because: 'a machine is listed for a core to spare, not for memory',
    config: cluster(),
    stimuli: [],
    step: 1,
    says: 'is on no list, which calls for nothing',
  },
  {
    peer: 'prequal',
    rule: 'idle-list-true',
    because: 'it keeps answers to probes, and no idle list',
    config: cluster(),
    stimuli: [submit(0, LOW), turn()],
    step: 3,
    says: '`probe machine 0',
  },
  {
    peer: 'aws',
    rule: 'admit',
    because: 'it throttles for want of concurrency, whatever is left of the budget',
    config: cluster(),
    stimuli: [submit(0, HIGH), submit(1, HIGH)],
    step: 3,
    says: '`throttle 1` is refused by admit',
  },
  ...['kairos', 'alps', 'srpt'].map(
    (peer): Refusal => ({
      peer,
      rule: 'place-least-loaded',
      because: 'it balances by the count of all machines, and polls none at random',
      config: two,
      stimuli: [submit(0, LOW), turn()],
      step: 3,
      says: 'a poll takes 2 distinct machines of the 2 that are up',
    }),
  ),
  {
    peer: 'kairos',
    rule: 'run-the-highest',
    because: 'of two that have attained as much the first goes on, whatever the class',
    config: cluster(),
    stimuli: [submit(0, LOW), turn(), submit(1, HIGH), turn()],
    step: 5,
    says: 'invocation 1 (class high, ready, 1 MB resident) is in the will-run set',
  },
  {
    peer: 'edf',
    rule: 'answered',
    because: 'nobody is placed before there is a core, and a turn places nobody',
    config: cluster(),
    stimuli: [submit(0, LOW), turn(), submit(1, HIGH), turn()],
    step: 5,
    says: 'shard 0 has work and a machine is up, and it placed nothing',
  },
  {
    peer: 'kubernetes',
    rule: 'kill-iff',
    because: 'it sends somebody lower back to the queue to make room',
    config: cluster(),
    stimuli: [submit(0, LOW), turn(), submit(1, HIGH), turn()],
    step: 5,
    says: 'XX sends nobody back',
  },
];

describe('given to the rules of XX,', () => {
  test.each(REFUSALS)(
    '$peer is refused by $rule: $because',
    ({ peer, rule, config, stimuli, step, says }) => {
      const scenario = { config, stimuli: [boot, ...stimuli].map((stimulus) => ({ at: 0, stimulus })) };
      const scheduler = createScheduler(peer);
      const withWords = {
        ...scenario,
        config: scheduler.words?.length ? { ...config, words: [...scheduler.words] } : config,
      };
      const play = (asked: typeof EVERYTHING) =>
        playScenario(withWords, { scheduler }, emptyCampaignTally(), { asked }).finding;
      const alone = play(askedOf([rule]));
      expect(alone).toMatchObject({ property: rule, rule, step });
      expect(alone!.message).toContain(says);
      expect(play(EVERYTHING)!.step).toBeLessThanOrEqual(step);
    },
  );
});
