import { MUTANTS } from './index.ts';
import { measureTeeth, type Teeth, type TeethOptions } from './teeth.ts';

/** What a worker is sent. */
export interface TeethTask {
  readonly name: string;
  readonly options: TeethOptions;
}

/** Measures one mutant in a worker thread. */
export default function run({ name, options }: TeethTask): Promise<Teeth> {
  return measureTeeth(MUTANTS.find((mutant) => mutant.name === name)!, options);
}
