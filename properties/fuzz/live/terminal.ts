import { counted } from '../../../model/counted.ts';
import { printable } from '../../../model/printable.ts';
import { COLUMNS, wrapped } from '../../text.ts';
import type { CampaignPicture } from './picture.ts';

const BAR = 30;

/** A campaign on a terminal: some lines of at most 80 columns, written over as it goes on. */
export function terminalText(picture: CampaignPicture): string {
  return [
    progressText(picture),
    ...workersText(picture),
    ...coverageText(picture),
    ...(picture.waitsFor === null ? [] : wrapped(printable(picture.waitsFor))),
    ...picture.found.map(
      ({ property, run, file }) => `found    ${property} in run ${run}: ${printable(file)}`,
    ),
  ]
    .map(clipped)
    .join('\n');
}

function progressText({ runs, runsAsked, steps, stepsPerSecond, elapsedMs }: CampaignPicture): string {
  const speed = `${steps.toLocaleString('en')} steps, ${stepsPerSecond.toLocaleString('en')} a second`;
  if (runsAsked === null) return `${durationText(elapsedMs)}  ${counted(runs, 'run')}, ${speed}`;
  const share = Math.min(1, runs / runsAsked);
  const full = Math.floor(share * BAR);
  const bar = `${'#'.repeat(full)}${'.'.repeat(BAR - full)}`;
  return `[${bar}] ${Math.floor(100 * share)} %  ${durationText(elapsedMs)}\n${runs.toLocaleString('en')} of ${runsAsked.toLocaleString('en')} runs, ${speed}`;
}

/** Those that are there, machine by machine. */
function workersText({ campaign, workers }: CampaignPicture): string[] {
  if (campaign === null) return [];
  const hosts = new Map<string, number>();
  for (const { host, threads } of workers) hosts.set(host, (hosts.get(host) ?? 0) + threads);
  const names = [...hosts].sort().map(([host, threads]) => `${printable(host)} (${threads})`);
  return [`campaign ${campaign}, ${counted(workers.length, 'worker')}: ${names.join(', ') || 'none yet'}`];
}

/** What the model counts on one line, and what its rules ask for on another: both do not fit on one. */
function coverageText({ coverage }: CampaignPicture): string[] {
  const kinds = coverage.map(({ what, covered, total }) => `${what} ${covered}/${total}`);
  return [kinds.slice(0, 2), kinds.slice(2)]
    .filter(({ length }) => length > 0)
    .map((line, index) => `${index === 0 ? 'covered' : '       '}  ${line.join('  ')}`);
}

/** A time in words that people read at a glance. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function clipped(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length <= COLUMNS ? line : `${line.slice(0, COLUMNS - 1)}…`))
    .join('\n');
}
