import type { PartId } from '../../model/alphabet.ts';
import { showText } from '../../model/format/show.ts';
import type { Finding } from '../checkers/checker.ts';
import { notTriedText } from '../parts.ts';
import { COLUMNS, wrapped } from '../text.ts';
import { verdictText } from '../verdict-text.ts';
import type { Playable } from './load.ts';
import type { Recording } from './play.ts';
import { findingText } from './show.ts';

/** What became of a file, for programs. */
export interface Result {
  readonly file: string;
  /** Who played it; null when a trace was judged by its own decisions. */
  readonly scheduler: string | null;
  readonly verdict: 'accepted' | 'refused';
  /** How many steps were played. */
  readonly steps: number;
  /** Whether it fails as recorded; null when nothing was recorded that could. */
  readonly reproduced: boolean | null;
  readonly rule: string | null;
  readonly step: number | null;
  /** The step that a record names, where it fails in another now. */
  readonly recordedStep?: number;
  /** The parts of XX that the cluster leaves out; absent when there are none. */
  readonly without?: readonly PartId[];
}

export function resultOf(
  playable: Playable,
  { finding, steps }: Recording,
  scheduler: string | null,
): Result {
  const recordedStep = otherStepOf(playable, finding);
  return {
    file: playable.file,
    scheduler,
    verdict: finding === null ? 'accepted' : 'refused',
    steps: steps.length,
    reproduced: playable.record === null ? null : failsAsRecorded(playable, finding),
    rule: finding === null ? null : (finding.rule ?? finding.property),
    step: finding?.step ?? null,
    ...(recordedStep === null ? {} : { recordedStep }),
    ...(playable.scenario.config.without === undefined ? {} : { without: playable.scenario.config.without }),
  };
}

/** The verdict for people, and what was not tried. */
export function conclusionText(playable: Playable, recording: Recording, scheduler: string | null): string[] {
  const notTried = notTriedText(playable.scenario.config.without ?? []);
  const verdict = verdictLines(playable, recording, scheduler);
  return notTried === null ? verdict : [...verdict, ...wrapped(notTried, COLUMNS - 2)];
}

function verdictLines(playable: Playable, { finding, steps }: Recording, scheduler: string | null): string[] {
  const { record } = playable;
  const said = (words: string): string[] => wrapped(words, COLUMNS - 2);
  if (finding === null && record === null) return said(verdictText(steps.length, null));
  if (finding === null) {
    const other = record!.scheduler === scheduler ? '' : `; it was found in ${showText(record!.scheduler)}`;
    return said(
      `no longer reproduces: the violation of ${record!.property} no longer happens with ${scheduler}${other}`,
    );
  }
  const text = findingText(finding);
  if (record !== null && !failsAsRecorded(playable, finding)) {
    return [...text, '', ...said(`no longer reproduces: recorded was a violation of ${record.property}`)];
  }
  const step = otherStepOf(playable, finding);
  if (step === null) return text;
  return [
    ...text,
    '',
    ...said(`the record says that it fails in step ${step}; it fails in step ${finding.step} now`),
  ];
}

function failsAsRecorded({ record }: Playable, finding: Finding | null): boolean {
  return finding !== null && record?.property === finding.property;
}

/** The step that was recorded, where the same property fails in another; null otherwise. */
function otherStepOf(playable: Playable, finding: Finding | null): number | null {
  const { record } = playable;
  if (record === null || finding === null || !failsAsRecorded(playable, finding)) return null;
  return record.step === finding.step ? null : record.step;
}
