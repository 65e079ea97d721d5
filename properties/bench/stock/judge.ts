import { type Decision, isOfXX, type Stimulus } from '../../../model/alphabet.ts';
import type { Configuration } from '../../../model/configuration.ts';
import { Actors, type Message } from './actors.ts';
import { afterDecision } from './after-decision.ts';
import { afterStimulus } from './after-stimulus.ts';
import { isSettled, killVictim, liveOn, ranked } from './machines.ts';
import { messageOfDecision, messageOfStimulus } from './messages.ts';
import { calledFor, isOvertaken, isSpent } from './rules.ts';
import { initialStockState, type StockState } from './state.ts';

/** Why a step was refused: at the decision of this index, or, with null, because of what it leaves undone. */
export interface StockRefusal {
  step: number;
  decision: number | null;
}

const NOBODY: Message = { event: { type: 'tick', holds: {} }, invocations: [], images: [], machines: [] };

/**
 * A judge as a competent engineer would write it with the libraries off the shelf and nothing compiled: one xstate
 * actor for every invocation, memory image and machine, running the very charts of the model; a plain state that immer
 * replaces at every stimulus and decision; rules as plain functions of that state, whose outcomes travel with the
 * events. It asks `snapshot.can(event)` before it sends, since xstate ignores events that it cannot take.
 *
 * It judges what the real judge judges, and the test beside it shows that both refuse the same steps. It is not the
 * real judge made slow: it looks only at machines that a step has touched, evaluates a rule only where a chart asks
 * for it, and keeps no history. It does less: no words for what it refuses, no coverage, no checkers beyond the
 * rules, and sums beyond the safe integers go unnoticed, which recorded scenarios never reach.
 */
export class StockJudge {
  private readonly config: Configuration;
  private readonly actors = new Actors();
  private state: StockState;
  private touched = new Set<number>();
  private booted = false;
  private steps = 0;

  constructor(config: Configuration) {
    this.config = config;
    this.state = initialStockState(config);
    for (const _ of config.machines) this.actors.addMachine();
  }

  /** Judges one step. @returns null when it is accepted. */
  step(at: number, stimulus: Stimulus, decisions: readonly Decision[]): StockRefusal | null {
    if (!this.offer(at, stimulus)) throw new Error(`${JSON.stringify(stimulus)} is not possible`);
    return this.answer(decisions);
  }

  /** Takes a stimulus. @returns whether it is possible; nothing has changed when it is not. */
  offer(at: number, stimulus: Stimulus): boolean {
    if (!isOfXX(stimulus)) return false;
    if (at < this.state.now || this.booted === (stimulus.type === 'boot') || !this.exists(stimulus))
      return false;
    if (stimulus.type === 'submit' || stimulus.type === 'call') this.actors.addInvocation(stimulus.id);
    if (stimulus.type === 'join' && stimulus.machine === this.state.machines.length) this.actors.addMachine();
    const message = messageOfStimulus(this.state, stimulus) ?? NOBODY;
    if (!this.actors.can(message)) return false;
    this.steps++;
    this.booted = true;
    this.touched = new Set();
    this.touch(message);
    this.state = afterStimulus(this.config, this.state, at, stimulus, this.actors.send(message));
    return true;
  }

  /** Whether what a stimulus names exists, and what it makes does not. */
  private exists(stimulus: Stimulus): boolean {
    const { config, actors, state } = this;
    if ('class' in stimulus && config.classes[stimulus.class] === undefined) return false;
    if ('shard' in stimulus && state.shards[stimulus.shard] === undefined) return false;
    switch (stimulus.type) {
      case 'submit':
        return config.tenants[stimulus.tenant] !== undefined && !actors.has(stimulus.id);
      case 'call':
        return state.invocations[stimulus.caller]?.phase === 'running' && !actors.has(stimulus.id);
      case 'join':
        return stimulus.machine <= state.machines.length;
      case 'antagonist':
      case 'drain':
      case 'crash':
        return state.machines[stimulus.machine] !== undefined;
      default:
        return true;
    }
  }

  /** Judges the decisions that answer the stimulus, and what they leave undone. @returns null when all is well. */
  answer(decisions: readonly Decision[]): StockRefusal | null {
    for (const [index, decision] of decisions.entries()) {
      if (!this.take(decision)) return { step: this.steps, decision: index };
    }
    return this.owesSomething() ? { step: this.steps, decision: null } : null;
  }

  private take(decision: Decision): boolean {
    const { config, actors, state } = this;
    if (!isOfXX(decision) || this.isOutOfTurn(decision)) return false;
    const message = messageOfDecision(config, state, decision, () => this.touchedAreSettled());
    if (message === null || !actors.can(message)) return false;
    this.touch(message);
    const moves = actors.send(message);
    if (decision.type === 'complete' || decision.type === 'kill') {
      const caller = state.invocations[decision.id]!.caller;
      if (caller !== null) {
        const event = { type: 'calleeEnds', holds: { always: true } } as const;
        moves.invocations.push(...actors.send({ ...NOBODY, event, invocations: [caller] }).invocations);
      }
    }
    this.state = afterDecision(config, state, decision, moves);
    return true;
  }

  /** The wake comes first, then the answer to the stimulus, then the kills. */
  private isOutOfTurn({ type }: Decision): boolean {
    const { due, machines } = this.state;
    if (due.waking !== null) return type !== 'wake';
    switch (due.answer) {
      case 'submit':
        return type !== 'enqueue' && type !== 'throttle';
      case 'call':
        return type !== 'enqueue';
      case 'turn':
        return type !== 'place';
      case 'finish':
        return type !== 'complete';
      case 'crash':
        return type !== 'enqueue' && type !== 'kill';
      case 'none':
        return type !== 'kill' && machines.some(({ pressure }) => pressure === 'exhausted');
    }
  }

  /** Notes the machines that a message concerns, by themselves or by those who live there. */
  private touch({ invocations, machines }: Message): void {
    for (const id of machines) this.touched.add(id);
    for (const id of invocations) {
      const machine = this.state.invocations[id]?.machine ?? null;
      if (machine !== null) this.touched.add(machine);
    }
  }

  private touchedAreSettled(): boolean {
    return [...this.touched].every((id) => isSettled(this.state, this.state.machines[id]!));
  }

  /** The obligations of a quiet state. */
  private owesSomething(): boolean {
    const { config, state } = this;
    const { due } = state;
    return (
      due.waking !== null ||
      due.answer !== 'none' ||
      due.enqueued.some((id) => this.invertsInheritance(id)) ||
      isOvertaken(config, state) ||
      this.admittedBeyondBudget() ||
      [...this.touched].some((id) => this.machineOwes(id))
    );
  }

  private invertsInheritance(id: number): boolean {
    const { invocations } = this.state;
    const { caller, class: effective } = invocations[id]!;
    return caller !== null && effective < invocations[caller]!.class;
  }

  private admittedBeyondBudget(): boolean {
    const root = this.state.due.subject === null ? undefined : this.state.invocations[this.state.due.subject];
    return root?.phase === 'queued' && root.caller === null && isSpent(this.config, this.state, root.tenant);
  }

  private machineOwes(id: number): boolean {
    const { config, state } = this;
    const machine = state.machines[id]!;
    const live = liveOn(state, machine);
    return (
      killVictim(machine, ranked(live)) !== null ||
      !isSettled(state, machine) ||
      live.some(({ phase, demand, resident }) => phase === 'running' && demand !== resident) ||
      calledFor(config, state, machine) !== null
    );
  }
}
