import { printableJson } from '../../../model/printable.ts';
import type { CampaignPicture } from './picture.ts';

/** A campaign for programs: one JSON object on a line, without its newline. */
export function progressJson({ history: _, conclusion, coverage, ...picture }: CampaignPicture): string {
  const covered = coverage.map(({ what, covered, total }) => [what, { covered, total }]);
  return printableJson({ ...picture, coverage: Object.fromEntries(covered), isOver: conclusion !== null });
}
