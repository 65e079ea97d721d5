import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import { promise } from './promise.ts';

/** So many places in line one holds at most: d of the paper, for a job of one task. */
const D = 2;

/** The invocations that hold a place in the line of each machine, the first to take it in front: from the trace alone. */
class Places {
  readonly #lines = new Map<number, number[]>();

  hear(stimulus: Stimulus): void {
    if (stimulus.type === 'drain' || stimulus.type === 'crash') this.#lines.delete(stimulus.machine);
  }

  follow(decision: Decision): void {
    switch (decision.type) {
      case 'reserve':
        this.#lines.set(decision.machine, [...this.at(decision.machine), decision.id]);
        return;
      case 'release':
        this.#drop(decision.machine, decision.id);
        return;
      case 'place':
      case 'cancel':
        for (const machine of this.#lines.keys()) this.#drop(machine, decision.id);
        return;
    }
  }

  at(machine: number): readonly number[] {
    return this.#lines.get(machine) ?? [];
  }

  heldBy(id: number): number {
    return [...this.#lines.values()].filter((line) => line.includes(id)).length;
  }

  #drop(machine: number, id: number): void {
    this.#lines.set(
      machine,
      this.at(machine).filter((other) => other !== id),
    );
  }
}

export const sparrowLaunchesOnce = promise(
  {
    id: 'sparrow-launches-once',
    name: 'Sparrow: one launch for two places in line',
    peer: 'sparrow',
    sentence:
      'An invocation holds at most two places in line, and is launched once for both: on a machine where no other that holds a place took it earlier.',
    premise: 'an invocation takes a place in line, or is placed',
    judgedIn: 'properties/on-request/peers/sparrow.ts',
  },
  (_where, met) => {
    const places = new Places();
    return {
      hears: (stimulus) => places.hear(stimulus),
      sees(decision) {
        if (decision.type !== 'reserve' && decision.type !== 'place') {
          places.follow(decision);
          return null;
        }
        met();
        const { id, machine } = decision;
        const [first] = places.at(machine);
        places.follow(decision);
        const entity = `invocation ${id}`;
        if (decision.type === 'reserve') {
          const held = places.heldBy(id);
          return held <= D ? null : { entity, message: `invocation ${id} holds ${held} places in line` };
        }
        if (first === id) return null;
        const whose = first === undefined ? 'none holds a place' : `invocation ${first} is first in line`;
        return { entity, message: `invocation ${id} is launched on machine ${machine}, where ${whose}` };
      },
    };
  },
);

export const sparrowWastesNoSlot = promise(
  {
    id: 'sparrow-wastes-no-slot',
    name: 'Sparrow: no slot is wasted',
    peer: 'sparrow',
    sentence:
      'No machine that takes work has a core to spare while an invocation that waits holds a place in its line.',
    premise: 'an invocation holds a place in line when a step ends',
    judgedIn: 'properties/on-request/peers/sparrow.ts',
  },
  (where, met) => {
    const places = new Places();
    return {
      hears: (stimulus) => places.hear(stimulus),
      sees(decision) {
        places.follow(decision);
        return null;
      },
      settles() {
        for (const site of where.sites) {
          const [first] = places.at(site.id);
          if (first === undefined) continue;
          met();
          if (!where.takesWork(site) || !where.hasCoreToSpare(site)) continue;
          return {
            entity: `machine ${site.id}`,
            message: `machine ${site.id} has a core to spare, and invocation ${first} waits in its line`,
          };
        }
        return null;
      },
    };
  },
);
