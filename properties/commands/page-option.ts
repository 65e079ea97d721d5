import { Option } from 'commander';
import type { Decision, Step } from '../../model/alphabet.ts';
import type { Configuration } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import {
  beginningOf,
  isSameFile,
  isStandardOutput,
  nameOf,
  readWhole,
  refuseUnwritableFile,
  removeFile,
  statusOf,
} from '../../reference-impl/io/files.ts';
import type { PropertyId } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { type Candidate, contestantOf } from '../contestants/contestants.ts';
import { readRecord } from '../records/record.ts';
import { writeExports } from '../replay/exports/exports.ts';
import { isPage } from '../replay/exports/html/shell.ts';
import type { Film } from '../replay/moment.ts';
import { commandWithoutDirectories, withoutDirectories } from '../replay/paths.ts';
import { replay, replayTrace } from '../replay/play.ts';
import { EVERYTHING } from '../replay/range.ts';
import type { Desk } from './command.ts';

/** `--html FILE`: a page to step through, with the scenario in it, of what a command has judged or found. */
export function htmlOption(what: string): Option {
  return new Option('--html <file>', `write a web page to step through ${what}`);
}

/** @throws InputError when the page cannot be written, or would be written over what is read. */
export function refusePage(path: string | undefined, read?: string): void {
  if (path === undefined) return;
  if (read !== undefined && read !== '-' && isSameFile(path, read)) {
    throw new InputError(`--html: ${path} would be written over what is read; name another file`);
  }
  refuseUnwritableFile(path);
}

/**
 * Refuses to write a file to where the output goes that programs read.
 *
 * @throws InputError if so.
 */
export function refuseInOutput(option: string, path: string | undefined, what = 'the JSON object'): void {
  if (path === undefined || !isStandardOutput(path)) return;
  throw new InputError(`${option}: ${path} is standard output, where ${what} goes; name another file`);
}

/** The steps that a command judges, kept for a page if one is wanted. */
export class StepsForPage {
  private readonly path: string | undefined;
  private config: Configuration | null = null;
  private readonly steps: Step[] = [];

  constructor(path: string | undefined) {
    this.path = path;
  }

  begin(config: Configuration): void {
    this.config = config;
  }

  take(step: Step): void {
    if (this.path !== undefined) this.steps.push(step);
  }

  /**
   * Writes the page, and says so.
   *
   * @param from.plays who played, if a page can play it again.
   * @param finding what is known to be wrong; null when nothing is.
   */
  async write(
    from: { file: string; scheduler: string; plays?: string },
    properties: readonly PropertyId[],
    finding: Finding | null,
    { err }: Pick<Desk, 'err'>,
  ): Promise<void> {
    if (this.path === undefined || this.config === null) return;
    const decisions: Decision[][] = this.steps.map((step) => step.decisions);
    const stimuli = this.steps.map(({ at, stimulus }) => ({ at, stimulus }));
    const scenario = { config: this.config, stimuli };
    const judged = replayTrace({ file: from.file, scenario, record: null }, decisions, properties);
    const recording = { ...judged, finding: judged.finding ?? finding };
    const film = { ...from, file: withoutDirectories(from.file), recording };
    await writePage(this.path, film, err);
  }
}

/** Writes the page of what was found first, and says where; or that nothing was found, so that there is none. */
export async function writePageOfFinding(
  path: string | undefined,
  file: string | null | undefined,
  candidate: Candidate,
  properties: readonly PropertyId[],
  { err }: Pick<Desk, 'err'>,
): Promise<void> {
  if (path === undefined) return;
  if (file === null || file === undefined) {
    err.write('xx: --html: nothing was found, so there is no page to write\n');
    removeOldPage(path, err);
    return;
  }
  const record = readRecord(readWhole(file));
  const contestant = contestantOf(candidate);
  try {
    const recording = replay({ file, scenario: record.scenario, record }, contestant, properties);
    const { scheduler, exec } = candidate;
    const plays = exec === undefined ? { plays: scheduler } : {};
    const named = commandWithoutDirectories(scheduler);
    await writePage(path, { file: withoutDirectories(file), scheduler: named, ...plays, recording }, err);
  } finally {
    contestant.close();
  }
}

/**
 * Takes away a page of an earlier run, which would pass for one of this run. Whatever else stands there is left alone,
 * and that is said.
 *
 * @throws FileError when it cannot be taken away.
 */
export function removeOldPage(path: string | undefined, err: Desk['err']): void {
  const status = path === undefined ? undefined : statusOf(path);
  if (path === undefined || status === undefined) return;
  if (status.isFile() && isPage(beginningOf(path))) {
    removeFile(path);
    err.write(`xx: --html: ${nameOf(path)} was a page of an earlier run, and was removed\n`);
  } else if (status.isFile() || status.isSymbolicLink()) {
    err.write(`xx: --html: ${nameOf(path)} is of no run of xx, and was left as it is\n`);
  }
}

async function writePage(path: string, film: Film, err: Desk['err']): Promise<void> {
  const announce = (line: string): void => {
    err.write(`xx: ${line}\n`);
  };
  const lines = await writeExports({ html: path }, film, { range: EVERYTHING, all: true, announce });
  for (const line of lines) announce(line);
}
