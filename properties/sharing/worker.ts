import { contestantOf } from '../contestants/contestants.ts';
import { type Mark, measureSharing, type SharingOptions } from './measure.ts';

/** Measures one campaign on the reference in a worker thread. */
export default function run(options: SharingOptions): readonly Mark[] {
  return measureSharing(contestantOf({ scheduler: 'xx' }), options);
}
