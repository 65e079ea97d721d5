import { inWords } from '../../run/names.ts';
import type { Recorded } from './presets.ts';

/** What is on record, as a list to choose from has it: in groups, and in words. */

type Named = Pick<Recorded, 'name' | 'player' | 'property'>;

export interface RecordGroup<One extends Named> {
  readonly label: string;
  readonly records: readonly One[];
}

/** By the folder in which they lie; what lies in none of these comes first. */
const LABELS: readonly (readonly [folder: string, label: string])[] = [
  ['', 'Wrong schedulers'],
  ['findings', 'Findings on the text'],
  ['crowding', 'Schedulers that crowd'],
  ['anomalies', 'More of something, before and after'],
  ['museum', 'Faults that others had'],
  ['rules', 'The shortest for each rule and property'],
  ['readings', 'Two readings of the paper'],
];

/** Every record once, in the order in which they are given, those of a folder together. */
export function groupsOf<One extends Named>(records: readonly One[]): RecordGroup<One>[] {
  const folders = LABELS.map(([folder]) => folder);
  const folderOf = ({ name }: One): string => {
    const [folder] = name.split('/');
    return folders.includes(folder!) ? folder! : '';
  };
  return LABELS.map(([folder, label]) => ({
    label,
    records: records.filter((one) => folderOf(one) === folder),
  })).filter((group) => group.records.length > 0);
}

/**
 * One of them in words: `ALPS crowds: no-crowding`, `kill-iff: Kills the newest`, `Kubernetes 72124: Crashes are final`.
 * Rules keep their ids, since that is what they are called everywhere.
 */
export function titleOf({ name, player, property }: Named): string {
  const [folder, ...path] = name.includes('/') ? name.split('/') : ['', name];
  const last = path.at(-1)!;
  if (folder === 'crowding') return `${inWords(player)} crowds: ${property ?? last}`;
  if (folder === '' && property !== null) return `${property}: ${inWords(player)}`;
  if (folder === 'rules') return `${last}: ${inWords(player)}`;
  if (folder === 'anomalies') return inWords(last).replace(/ (before|after)$/, ', $1');
  return player === 'xx' ? inWords(last) : `${inWords(last)}: ${inWords(player)}`;
}
