import type { ExperimentRecord } from './evidence.ts';

/** Where the picture of an experiment is, from the root of the project. */
export function pictureFile({
  figure,
  preset,
  sweep,
}: {
  figure: ExperimentRecord['figure'];
  preset: ExperimentRecord['preset'];
  sweep?: { name: string };
}): string {
  return `docs/figures/${figure}-${preset}${sweep === undefined ? '' : `-by-${sweep.name}`}.svg`;
}
