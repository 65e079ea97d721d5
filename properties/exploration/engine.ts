import { setFlagsFromString } from 'node:v8';

/**
 * How V8 is to compile a process that does nothing but explore. Stimuli and decisions have 25 shapes between them, and
 * by itself V8 gives up on code that meets more than four; and the step that it repeats millions of times is larger
 * than what it would compile as one piece. A campaign gets slower by these flags, since it does many other things.
 *
 * The flags change no result, and an engine that does not know one of them says so and goes on.
 */
export const ENGINE_FLAGS = [
  '--max-valid-polymorphic-map-count=16',
  '--max-inlined-bytecode-size-cumulative=3000',
];

/** Tells V8; meant for the start of a process, before the code in question has run. */
export function tuneEngine(): void {
  for (const flag of ENGINE_FLAGS) setFlagsFromString(flag);
}
