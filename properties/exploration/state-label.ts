import type { CanonicalInvocation, CanonicalMachine, CanonicalState } from '../../model/explore/canonical.ts';

/** A canonical state in a few short lines, for pictures and for people. */
export function labelOf({ invocations, machines, account }: CanonicalState): string[] {
  return [
    ...invocations.map((invocation, id) => `${id} ${invocationLabel(invocation)}`),
    ...machines.map((machine, id) => `machine ${id} ${machineLabel(machine)}`),
    ...(account === undefined ? [] : [`spent ${account.spent} after ${account.elapsed} ms`]),
  ];
}

function invocationLabel(invocation: CanonicalInvocation): string {
  const { phase, class: priceClass, machine, demand, resident, age, caller, degraded } = invocation;
  if (priceClass === undefined) return phase;
  return [
    `${phase} c${priceClass}${degraded === true ? ' degraded' : ''}`,
    machine === undefined ? `for ${age} ms` : `on ${machine}, ${resident} of ${demand} MB`,
    ...(caller === null ? [] : [`for ${caller}`]),
  ].join(', ');
}

function machineLabel({ status, entry, antagonist, transfer }: CanonicalMachine): string {
  const parts = [
    ...(status === undefined ? [] : [status]),
    ...(entry === undefined || entry === null ? [] : [`listed ${entry.available} MB, ${entry.functions}`]),
    ...(antagonist === undefined || antagonist === 0 ? [] : [`antagonist ${antagonist} MB`]),
    ...(transfer === undefined || transfer === null
      ? []
      : [`disk ${transfer.direction} ${transfer.memory} MB`]),
  ];
  return parts.length === 0 ? 'up' : parts.join(', ');
}
