import { type Actor, createActor } from 'xstate';
import { type ChartEvent, leafOf } from '../../../model/statecharts/chart.ts';
import { invocationChart } from '../../../model/statecharts/invocation.ts';
import { machineChart } from '../../../model/statecharts/machine.ts';
import { swapChart } from '../../../model/statecharts/swap.ts';

type AnyChartActor = Actor<typeof invocationChart> | Actor<typeof swapChart> | Actor<typeof machineChart>;

/** The actors whose states events have changed, and their states now. */
export interface Moves {
  readonly invocations: { id: number; phase: string }[];
  readonly machines: { id: number; availability: string; pressure: string }[];
}

/** An event and the actors that must all be able to take it. */
export interface Message {
  readonly event: ChartEvent;
  readonly invocations: readonly number[];
  readonly images: readonly number[];
  readonly machines: readonly number[];
}

/** One xstate actor for the life of each invocation, one for its memory image, and one for each machine. */
export class Actors {
  private readonly lives = new Map<number, Actor<typeof invocationChart>>();
  private readonly images = new Map<number, Actor<typeof swapChart>>();
  private readonly machines: Actor<typeof machineChart>[] = [];

  /** Whether an id was ever used: those that have ended keep their actors. */
  has(id: number): boolean {
    return this.lives.has(id);
  }

  addInvocation(id: number): void {
    this.lives.set(id, createActor(invocationChart).start());
    this.images.set(id, createActor(swapChart).start());
  }

  addMachine(): void {
    this.machines.push(createActor(machineChart).start());
  }

  /** Whether all that a message concerns exist and can take it. */
  can(message: Message): boolean {
    return this.listeners(message).every((actor) => actor?.getSnapshot().can(message.event) === true);
  }

  /** Sends a message; returns the new states of those that it concerns. */
  send(message: Message): Moves {
    for (const actor of this.listeners(message)) actor!.send(message.event);
    return {
      invocations: message.invocations.map((id) => ({
        id,
        phase: leafOf(this.lives.get(id)!.getSnapshot().value),
      })),
      machines: message.machines.map((id) => {
        const { availability, pressure } = this.machines[id]!.getSnapshot().value;
        return { id, availability, pressure };
      }),
    };
  }

  private listeners({ invocations, images, machines }: Message): (AnyChartActor | undefined)[] {
    return [
      ...invocations.map((id) => this.lives.get(id)),
      ...images.map((id) => this.images.get(id)),
      ...machines.map((id) => this.machines[id]),
    ];
  }
}
