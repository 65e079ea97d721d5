import { counted } from '../../../model/counted.ts';
import type { Invocation } from '../../../model/entities.ts';
import type { State } from '../../../model/state.ts';
import type { Checker } from '../checker.ts';
import type { Burst, Bursts } from './bursts.ts';
import { holdingsOn, leftByAntagonist, type Transfer } from './holdings.ts';

const PROPERTY = 'disk-priority';

/** What the disk of a machine has done for the one that it works for. */
interface Service {
  readonly burst: Burst;
  readonly waiter: Invocation;
  /** MB of RAM that the one lacked when the disk turned to it, beyond those that nobody will keep. */
  readonly dueMb: number;
  pageOuts: number;
  movedMb: number;
}

/**
 * The disk works for the highest: while nothing but ends of transfers happens on a machine, it brings in memory of nobody
 * but the highest of those that will run and lack some, and takes out no more than that one needs: in no more transfers than
 * MB, and in all less than a chunk more.
 */
export function createDiskPriority(bursts: Bursts): Checker {
  const services = new Map<number, Service>();
  return {
    property: PROPERTY,
    check(state, step, met) {
      for (const burst of bursts.follow(state, step)) {
        const [transfer] = burst.now;
        if (transfer === undefined) continue;
        const { id } = burst.machine;
        const service = serviceOf(burst, transfer, services.get(id));
        if (service === null) continue;
        services.set(id, service);
        met(PROPERTY);
        const message = wrongIn(state, service, transfer);
        if (message !== null) return { property: PROPERTY, entity: `machine ${id}`, message };
      }
      return null;
    },
  };
}

/** For whom a transfer began, or should have; null where nobody of those that will run waited for memory. */
function serviceOf(burst: Burst, transfer: Transfer, known: Service | undefined): Service | null {
  const { machine, willRun } = burst;
  const before = holdingsOn(machine, [transfer]);
  const wholeMb = ({ id, resident }: Invocation): number =>
    resident + (transfer.type === 'pageOut' && transfer.id === id ? transfer.memory : 0);
  const waiter = willRun.find((one) => one.machine === machine && wholeMb(one) < one.demand);
  if (waiter === undefined) return null;
  if (known?.burst === burst && known.waiter === waiter) return known;
  const keptMb = before.reduce((sum, holding) => sum + holding.keptMb, 0);
  const own = before.find(({ invocation }) => invocation === waiter)!;
  const lackMb = waiter.demand - own.keptMb;
  const dueMb = Math.max(0, lackMb - (leftByAntagonist(machine) - keptMb));
  return { burst, waiter, dueMb, pageOuts: 0, movedMb: 0 };
}

function wrongIn({ config }: State, service: Service, { type, id, memory }: Transfer): string | null {
  const { waiter, dueMb, burst } = service;
  const waits = `invocation ${waiter.id}, the highest that will run on machine ${burst.machine.id}, waits for its memory`;
  if (type === 'pageIn') return id === waiter.id ? null : `${waits}, and that of invocation ${id} comes in`;
  service.pageOuts++;
  service.movedMb += memory;
  const { pageOuts, movedMb } = service;
  if (pageOuts <= dueMb && movedMb < dueMb + config.paging!.chunk) return null;
  return `${waits}, for which ${dueMb} MB had to go, and ${movedMb} MB go in ${counted(pageOuts, 'transfer')}, of which the last is of invocation ${id}`;
}
