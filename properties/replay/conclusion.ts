import type { PartId } from '../../model/alphabet.ts';
import { counted } from '../../model/counted.ts';
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
  readonly verdict: 'accepted' | 'refused' | 'shown' | 'not shown' | 'interrupted';
  /** How many steps were played. */
  readonly steps: number;
  /** Whether it fails as recorded; null when nothing was recorded that could. */
  readonly reproduced: boolean | null;
  readonly rule: string | null;
  readonly step: number | null;
  /** Of the scenario of a finding on the text, what is seen in it. */
  readonly words?: string;
  /** The step that a record names, where it fails in another now. */
  readonly recordedStep?: number;
  /** The parts of XX that the cluster leaves out; absent when there are none. */
  readonly without?: readonly PartId[];
}

/** What a file was replayed for, and what came of it. */
export interface Replayed {
  readonly playable: Playable;
  readonly recording: Recording;
  /** Who played it; null when nobody did. */
  readonly scheduler: string | null;
  /** The finding on the text whose scenario it is, and what was seen of it; null for any other. */
  readonly seen: Seen | null;
}

/** What something shows that no rule judges: its id and title, and after which step what is seen; null when nothing is. */
export interface Seen {
  readonly id: string;
  readonly title: string;
  readonly sighting: { readonly step: number; readonly words: string } | null;
}

export function resultOf({ playable, recording, scheduler, seen }: Replayed): Result {
  const { finding, steps, isInterrupted } = recording;
  const { file } = playable;
  if (isInterrupted) {
    const nothing = { reproduced: null, rule: null, step: null };
    return { file, scheduler, verdict: 'interrupted', steps: steps.length, ...nothing };
  }
  if (finding === null && seen !== null) {
    const { id, sighting } = seen;
    const verdict = sighting === null ? 'not shown' : 'shown';
    const told = { reproduced: sighting !== null, rule: id, step: sighting?.step ?? null };
    const words = sighting === null ? {} : { words: sighting.words };
    return { file, scheduler, verdict, steps: steps.length, ...told, ...words };
  }
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
export function conclusionText(replayed: Replayed): string[] {
  const notTried = notTriedText(replayed.playable.scenario.config.without ?? []);
  const verdict = verdictLines(replayed);
  return notTried === null ? verdict : [...verdict, ...wrapped(notTried, COLUMNS - 2)];
}

function verdictLines({ playable, recording, scheduler, seen }: Replayed): string[] {
  const { finding, steps, isInterrupted } = recording;
  const { record, scenario } = playable;
  const said = (words: string): string[] => wrapped(words, COLUMNS - 2);
  if (isInterrupted) {
    const of = counted(scenario.stimuli.length, 'step');
    return said(
      `interrupted after ${steps.length} of ${of}: nothing was wrong by then, and the rest was not judged`,
    );
  }
  if (finding === null && seen !== null) {
    const { title, sighting } = seen;
    if (sighting === null) return said(`no longer reproduces: ${scheduler} does not show ${title}`);
    return [...said(`step ${sighting.step} shows ${title}`), ...said(`  ${sighting.words}`)];
  }
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
