import { type Policies, referencePolicies } from '../../../reference-impl/xx/policies.ts';

type Thresholds = Parameters<Policies['idleListChange']>[2];

/** Idle lists kept as by other thresholds than those that are configured. */
export function thresholdsBy(
  misread: (configured: Thresholds) => Partial<Thresholds>,
): Policies['idleListChange'] {
  return (machine, entry, thresholds) =>
    referencePolicies.idleListChange(machine, entry, { ...thresholds, ...misread(thresholds) });
}
