import type { Mutant } from '../mutants/parts/mutant.ts';
import { ANSWERS } from './answers.ts';
import { campaigned, type Expected, explored } from './notice.ts';
import { wrongTracesOf } from './wrong-traces.ts';

/** What this build shows, for {@link notice} to compare others with; wrong traces are those of these schedulers. */
export async function expectationFrom(mutants: readonly Mutant[]): Promise<Expected> {
  const wrongTraces = (await Promise.all(mutants.map(wrongTracesOf))).flat();
  const answers = Object.entries(ANSWERS).map(([where, answersOf]) => [where, [...answersOf()]]);
  const campaigns: Record<string, unknown> = {};
  for (const size of ['small', 'medium'] as const) campaigns[size] = (await campaigned(size)).counted;
  return { wrongTraces, explored: await explored(), campaigns, answers: Object.fromEntries(answers) };
}
