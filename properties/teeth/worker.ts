import { MUTANTS } from '../mutants/index.ts';
import type { Sought } from './sought.ts';
import { measureTeeth, type Teeth, type TeethOptions } from './teeth.ts';

/** What a worker is sent. */
export interface TeethTask {
  readonly name: string;
  readonly sought: Sought;
  readonly options: TeethOptions;
}

/** Measures one mutant with one property in a worker thread. */
export default function run({ name, sought, options }: TeethTask): Promise<Teeth> {
  return measureTeeth(MUTANTS.find((mutant) => mutant.name === name)!, sought, options);
}
