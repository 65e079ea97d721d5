import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import type { State } from '../../../model/state.ts';
import { invocationOf } from '../../../model/unended.ts';
import { afterUnlist, beforeList, beforeRelist, onList, quietEntry } from './idle-lists.ts';
import {
  afterPageOuts,
  beforeAntagonist,
  beforeArrival,
  beforeResize,
  onRefusal,
  quietMemory,
} from './memory.ts';
import { afterSubmit, beforeCall, beforeCrash } from './money.ts';
import { beforePlacement } from './placement.ts';
import { quietRunning } from './running.ts';

/**
 * Looks at each step of a run for boundaries that it reaches, and counts them. It looks at what the step has touched
 * only, so that its cost does not grow with the cluster.
 */
export class BoundaryWatch {
  private readonly counts: Uint32Array;
  private shrinks = false;
  private pagesOut = false;

  /** @param counts three for each boundary, to add to. */
  constructor(counts: Uint32Array) {
    this.counts = counts;
  }

  /** Before a step is judged; the stimulus need not be possible, nor any decision. */
  before(state: State, at: number, stimulus: Stimulus, decisions: readonly Decision[]): void {
    const { counts } = this;
    this.shrinks = false;
    switch (stimulus.type) {
      case 'resize': {
        beforeResize(state, stimulus, counts);
        const invocation = invocationOf(state.invocations, stimulus.id);
        this.shrinks = invocation !== undefined && stimulus.demand < invocation.demand;
        break;
      }
      case 'antagonist':
        beforeAntagonist(state, stimulus, counts);
        break;
      case 'call':
        beforeCall(state, stimulus, counts);
        break;
      case 'crash':
        beforeCrash(state, stimulus, counts);
        break;
      default:
    }
    this.beforeDecisions(state, at, decisions);
  }

  private beforeDecisions(state: State, at: number, decisions: readonly Decision[]): void {
    const { counts } = this;
    this.pagesOut = false;
    let placedOn = -1;
    let lists = 0;
    for (let index = 0; index < decisions.length; index++) {
      const decision = decisions[index]!;
      switch (decision.type) {
        case 'place':
          beforePlacement(state, at, decision, counts);
          beforeArrival(state, decision, counts);
          if (decision.via === 'idle-list') placedOn = decision.machine;
          break;
        case 'relist':
          beforeRelist(state, decision, placedOn, counts);
          break;
        case 'list':
          if (lists++ === 0) beforeList(state, decision, counts);
          onList(state, decision, counts);
          break;
        case 'pageOut':
          this.pagesOut = true;
          break;
        default:
      }
    }
  }

  /** After a step that was accepted. */
  after(state: State, stimulus: Stimulus, decisions: readonly Decision[]): void {
    const { counts } = this;
    if (stimulus.type === 'submit') afterSubmit(state, stimulus, counts);
    if (this.pagesOut) afterPageOuts(state, decisions, counts);
    const last = decisions[decisions.length - 1];
    if (last?.type === 'unlist') afterUnlist(state, last, counts);
    for (const machine of state.due.touched) {
      quietEntry(machine, state, counts);
      if (machine.live.length === 0) continue;
      quietMemory(machine, counts);
      quietRunning(machine, stimulus, this.shrinks, counts);
    }
  }

  /** When scheduler and model agree that a stimulus is not possible. */
  refused(state: State, stimulus: Stimulus): void {
    onRefusal(state, stimulus, this.counts);
  }
}
