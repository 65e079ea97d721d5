import { stripVTControlCharacters } from 'node:util';
import { InputError } from '../../model/input-error.ts';
import { epochMs, nowMs } from '../../reference-impl/io/clock.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { type OutputStream, progressLine } from '../../reference-impl/io/output.ts';
import type { CampaignSummary } from '../campaign/summary.ts';
import { progressJson } from '../fuzz/live/lines.ts';
import { pageOfCampaign } from '../fuzz/live/page.ts';
import { Onlooker } from '../fuzz/live/picture.ts';
import { terminalText } from '../fuzz/live/terminal.ts';
import type { FuzzOptions } from '../fuzz/options.ts';
import type { FuzzProgress, FuzzWorld } from '../fuzz/world.ts';

/** What is shown while a campaign goes on: on a terminal, as JSON lines, as a page. */
export interface Watch extends Pick<FuzzWorld, 'onProgress' | 'say' | 'onFound'> {
  /** Wipes what is on the terminal. */
  clear(): void;
  /**
   * Shows the end.
   *
   * @param summary what the campaign has come to.
   * @param report the same for people.
   * @param replay the file of the page to step through what was found; null when there is none.
   * @returns why the page could not be written, if so.
   */
  end(summary: CampaignSummary, report: string, replay: string | null): InputError | null;
}

/** Nobody reads faster. */
const SHOW_EVERY_MS = 1_000;

/**
 * Shows how it stands with a campaign over many machines, or as JSON lines with any.
 *
 * @param how.jsonl whether standard error gets a line of JSON every second, in place of what people read.
 * @param how.page the file of the page, if one is wanted.
 */
export function watchCampaign(
  { candidate, seed, runs, properties, queue }: FuzzOptions,
  { err, jsonl, page }: { err: OutputStream; jsonl: boolean; page: string | undefined },
  lineOf: (progress: FuzzProgress) => string,
): Watch {
  const line = progressLine(err);
  const { scheduler } = candidate;
  const asksAll = properties.length === 0;
  const shared = queue?.shares === true ? ({ sharedCorpus: true } as const) : {};
  const onlooker = new Onlooker({ scheduler, seed, ...shared, runsAsked: runs ?? null, asksAll });
  let last: FuzzProgress | null = null;
  let shownAt = Number.NEGATIVE_INFINITY;
  const write = (text: string): InputError | null => {
    if (page === undefined) return null;
    try {
      writeWhole(page, text);
      return null;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error;
    }
  };
  const show = (
    isDue: boolean,
    conclusion: string | null = null,
    end: { replay?: string | null; wasStopped?: boolean } = {},
  ) => {
    if (last === null || (!isDue && nowMs() - shownAt < SHOW_EVERY_MS)) return null;
    shownAt = nowMs();
    const picture = onlooker.look(last, conclusion);
    if (jsonl) err.write(`${progressJson(picture)}\n`);
    else if (conclusion === null) line.show(terminalText(picture));
    return write(pageOfCampaign(picture, { writtenAtMs: epochMs(), ...end }));
  };
  const isWatched = jsonl || queue !== undefined;
  return {
    onProgress(progress) {
      last = progress;
      if (!isWatched || (progress.shrinking !== null && !jsonl)) line.show(lineOf(progress));
      if (isWatched) show(false);
    },
    onFound({ finding: { property }, run }, file) {
      onlooker.find({ property, run, file });
      if (isWatched) show(true);
    },
    say(text) {
      line.clear();
      onlooker.hear(text);
      if (!jsonl) err.write(`xx: ${text}\n`);
      if (isWatched) show(true);
    },
    clear: () => line.clear(),
    end({ violations, seconds, verdict }, report, replay) {
      onlooker.conclude(violations);
      // The search for the shortest scenario takes its time, too.
      if (last !== null) last = { ...last, elapsedMs: 1000 * seconds };
      return isWatched
        ? show(true, stripVTControlCharacters(report), { replay, wasStopped: verdict === 'interrupted' })
        : null;
    },
  };
}

/** Where the page to step through what was found lies beside the page of a campaign. */
export function replayBeside(page: string): string {
  return page.replace(/(\.html?)?$/, '.found$1');
}
