import { InvalidArgumentError } from 'commander';
import type { CampaignCoverage } from '../goals/coverage.ts';

/** The least coverage that a campaign must reach, in percent; what is not named has no threshold. */
export type Thresholds = Partial<Record<keyof CampaignCoverage, number>>;

const KINDS: readonly (keyof CampaignCoverage)[] = [
  'transitions',
  'pairs',
  'guards',
  'rules',
  'boundaries',
  'goals',
];

/**
 * Reads thresholds such as `transitions=100,pairs=75`.
 *
 * @throws InvalidArgumentError when the text is not of this form.
 */
export function readThresholds(text: string): Thresholds {
  const thresholds: Thresholds = {};
  for (const part of text.split(',')) {
    const [, name, percent] = /^([a-z]+)=(\d+(?:\.\d+)?)$/.exec(part) ?? [];
    const kind = KINDS.find((candidate) => candidate === name);
    if (kind === undefined || Number(percent) > 100) {
      throw new InvalidArgumentError(
        `Expected ${KINDS.join('=…, ')}=… with percents up to 100, and commas between them.`,
      );
    }
    thresholds[kind] = Number(percent);
  }
  return thresholds;
}

/** A sentence for each threshold that was missed. */
export function missedThresholds(coverage: CampaignCoverage, thresholds: Thresholds): string[] {
  return KINDS.flatMap((kind) => {
    const least = thresholds[kind];
    const seen = coverage[kind];
    if (least === undefined) return [];
    if (seen === null) return [`${kind}: nobody watched them, and --min-coverage asks for ${least} %`];
    const { total, ...rest } = seen;
    const covered = 'covered' in rest ? rest.covered : rest.met;
    const percent = total === 0 ? 100 : (100 * covered) / total;
    return percent >= least
      ? []
      : [
          `${kind}: ${covered} of ${total} covered, ${percent.toFixed(1)} %, and --min-coverage asks for ${least} %`,
        ];
  });
}
