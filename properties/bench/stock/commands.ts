import fc from 'fast-check';
import type { Stimulus, TimedStimulus } from '../../../model/alphabet.ts';
import type { Scenario } from '../../../model/configuration.ts';
import type { Scheduler } from '../../../reference-impl/scheduler.ts';
import { StockJudge } from './judge.ts';

/** A stimulus as a command of fast-check's model-based testing: the judge is the model, the scheduler is real. */
class StimulusCommand implements fc.Command<StockJudge, Scheduler> {
  private readonly timed: TimedStimulus;

  constructor(timed: TimedStimulus) {
    this.timed = timed;
  }

  /** Asks the actors whether it is possible, and lets them take it then, so that nothing is worked out twice. */
  check(judge: Readonly<StockJudge>): boolean {
    return judge.offer(this.timed.at, this.timed.stimulus);
  }

  run(judge: StockJudge, scheduler: Scheduler): void {
    const { at, stimulus } = this.timed;
    const refusal = judge.answer(scheduler.step(at, stimulus));
    if (refusal !== null) throw new Error(`step ${refusal.step} is refused`);
  }

  toString(): string {
    return JSON.stringify(this.timed);
  }
}

/**
 * Commands drawn as fast-check draws them, one for each stimulus of a recorded scenario: every field is drawn from an
 * arbitrary, and the command then carries what was recorded, so that the scenario is the same. `fc.commands` itself
 * would choose how many there are; an array of commands saves that, and its wrappers.
 */
export function commandsOf({ stimuli }: Scenario): fc.Arbitrary<StimulusCommand[]> {
  return fc.tuple(...stimuli.map((timed) => drawn(timed.stimulus).map(() => new StimulusCommand(timed))));
}

const index = fc.nat();

function drawn(stimulus: Stimulus): fc.Arbitrary<unknown> {
  switch (stimulus.type) {
    case 'boot':
    case 'tick':
      return fc.record({ pauseMs: index });
    case 'submit':
      return fc.record({ pauseMs: index, tenant: index, class: index, shard: index });
    case 'call':
      return fc.record({ pauseMs: index, caller: index, class: index, shard: index });
    case 'turn':
    case 'restart':
      return fc.record({ pauseMs: index, shard: index });
    case 'finish':
    case 'timeout':
      return fc.record({ pauseMs: index, id: index });
    case 'resize':
      return fc.record({ pauseMs: index, id: index, demand: index });
    case 'antagonist':
      return fc.record({ pauseMs: index, machine: index, memory: index });
    case 'drain':
    case 'crash':
    case 'paged':
      return fc.record({ pauseMs: index, machine: index });
    case 'join':
      return fc.record({ pauseMs: index, machine: index, cores: index, ram: index, swap: index });
  }
}

/** A recorded scenario as a property: drawn, played by a scheduler, and judged at every step. */
export function stockProperty(scenario: Scenario, scheduler: Scheduler): fc.IProperty<[StimulusCommand[]]> {
  return fc.property(commandsOf(scenario), (commands) => {
    fc.modelRun(() => {
      scheduler.reset(scenario.config);
      return { model: new StockJudge(scenario.config), real: scheduler };
    }, commands);
  });
}
