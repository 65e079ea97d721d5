import { MUTANTS } from './index.ts';
import { measureTeeth, type Sought, type Teeth, type TeethOptions } from './teeth.ts';

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
