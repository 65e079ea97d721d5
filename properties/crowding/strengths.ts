import { SCHEDULERS } from '../../reference-impl/schedulers/registry.ts';
import { VARIANTS } from '../../reference-impl/variants/index.ts';
import type { OnRequestId } from '../property.ts';

/** The strengths of no crowding, the weakest demand first, with what a table calls them. */
export const STRENGTHS = [
  { id: 'no-crowding-on-a-machine', name: 'on a machine' },
  { id: 'no-crowding-across-machines', name: 'across machines' },
  { id: 'no-crowding', name: 'in the cluster' },
] as const satisfies readonly { id: OnRequestId; name: string }[];

export type Strength = (typeof STRENGTHS)[number]['id'];

/**
 * Who is played: all of the registry but the reference in its other form, which must decide the same, and variants of XX, which
 * the findings on the text look at.
 */
export const PLAYED: readonly string[] = SCHEDULERS.map(({ name }) => name).filter(
  (name) => name !== 'xx-immer' && !VARIANTS.some((variant) => variant.name === name),
);
