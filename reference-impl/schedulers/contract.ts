/**
 * What a scheduler needs to know of this package: the words, the contract, and the reference to compare with. Brings no
 * test library along, so a scheduler may import it where it is used for real.
 */
export type {
  Bill,
  Decision,
  DecisionType,
  KillReason,
  Outcome,
  Step,
  Stimulus,
  StimulusType,
  TimedStimulus,
  WordGroup,
} from '../../model/alphabet.ts';
export type {
  Configuration,
  MachineSize,
  PriceClass,
  Scenario,
  Tenant,
  Trace,
} from '../../model/configuration.ts';
export { ImpossibleStimulus, InputError } from '../../model/input-error.ts';
export type { Scheduler } from '../scheduler.ts';
export { type Policies, referencePolicies } from '../xx/policies.ts';
export { createXX, type XX, type XXOptions } from '../xx/xx.ts';
