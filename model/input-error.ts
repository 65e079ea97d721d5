/**
 * Bad input: the caller's fault, never the scheduler's and never the program's. Its message is one line that names
 * the place, the value, what was expected and, where it helps, the probable cause. The command line prints it
 * after the file's name and exits with 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * A stimulus that is not possible in the state it meets: finishing what does not run, an id used twice, a shard or
 * a machine that does not exist, a sum beyond the safe integers. The whole scenario is refused.
 */
export class ImpossibleStimulus extends InputError {}
