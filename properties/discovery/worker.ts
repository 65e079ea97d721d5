import { MUTANTS } from '../mutants/index.ts';
import { contestantOfMutant } from '../mutants/parts/mutant.ts';
import { type DiscoveryOptions, type Held, measureDiscovery } from './measure.ts';

/** What a worker is sent: the name of a wrong scheduler. */
export interface DiscoveryTask {
  readonly name: string;
  readonly options: DiscoveryOptions;
}

/** Measures one wrong scheduler in a worker thread. */
export default function run({ name, options }: DiscoveryTask): readonly Held[] {
  return measureDiscovery(contestantOfMutant(MUTANTS.find((mutant) => mutant.name === name)!), options);
}
