import type { OnRequestId } from '../property.ts';

/** The strengths of no crowding, the weakest demand first, with what a table calls them. */
export const STRENGTHS = [
  { id: 'no-crowding-on-a-machine', name: 'on a machine' },
  { id: 'no-crowding-across-machines', name: 'across machines' },
  { id: 'no-crowding', name: 'in the cluster' },
] as const satisfies readonly { id: OnRequestId; name: string }[];

export type Strength = (typeof STRENGTHS)[number]['id'];
