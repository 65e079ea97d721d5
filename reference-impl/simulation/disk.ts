import type { Configuration } from '../../model/configuration.ts';
import { InputError } from '../../model/input-error.ts';
import { show } from '../io/show.ts';
import type { Scheduler } from '../scheduler.ts';
import { readInteger } from './reading.ts';

/** The disk of each machine that a simulation pages with, and how XX uses it. */
export interface Disk {
  /** What goes in one second, in MB, once a transfer is under way. */
  readonly mbPerSecond: number;
  /** What each transfer takes beside that, in µs. */
  readonly latencyUs: number;
  /** The most that one transfer moves, and the swap that is kept free for exchanges, in MB. */
  readonly chunkMb: number;
  readonly reserveMb: number;
}

/**
 * Disks as their makers describe them: MB a second of sequential writes, which are slower than reads, and as latency
 * the time of one random read with nothing else in the queue.
 *
 * `ssd`: Samsung 870 EVO (SATA), 530 MB/s and 13,000 reads a second at queue depth 1. `nvme`: Samsung 980, 1 TB,
 * 3,000 MB/s and 17,000 reads a second at queue depth 1. Both as the maker's data sheets say, cited in the reviews of
 * KitGuru (870 EVO, 2021) and Guru3D (980, 2021).
 */
export const DISK_PRESETS = {
  ssd: { mbPerSecond: 530, latencyUs: 77 },
  nvme: { mbPerSecond: 3000, latencyUs: 59 },
} as const;

const MOST_MB_PER_SECOND = 1_000_000;
const MOST_LATENCY_US = 10_000_000;
const MOST_MB = 1_000_000_000;

/**
 * Reads `ssd`, `nvme` or a bandwidth and a latency: `500MB/s:100us`.
 *
 * @param chunk and reserve in MB as text; without them a chunk is what goes in 1 ms, or in the latency if that is longer,
 *   so that a disk moves data at least half of the time that it works; and the reserve is a chunk.
 * @throws InputError with one line that begins with the option.
 */
export function readDisk(text: string, chunk: string | undefined, reserve: string | undefined): Disk {
  const { mbPerSecond, latencyUs } = Object.hasOwn(DISK_PRESETS, text)
    ? DISK_PRESETS[text as keyof typeof DISK_PRESETS]
    : figuresOf(text);
  const fitting = Math.max(1, Math.ceil((mbPerSecond / 1_000_000) * Math.max(1000, latencyUs)));
  const chunkMb = chunk === undefined ? fitting : readInteger(chunk, 1, MOST_MB, '--chunk');
  const reserveMb = reserve === undefined ? chunkMb : readInteger(reserve, 1, MOST_MB, '--reserve');
  return { mbPerSecond, latencyUs, chunkMb, reserveMb };
}

const FIGURES = /^(?<rate>\d+(?:\.\d+)?)(?<unit>MB|GB)\/s:(?<latency>\d+(?:\.\d+)?)(?<time>us|µs|ms)$/;

function figuresOf(text: string): Pick<Disk, 'mbPerSecond' | 'latencyUs'> {
  const groups = FIGURES.exec(text)?.groups;
  if (groups === undefined) {
    throw new InputError(
      `--disk: expected ssd, nvme, or BANDWIDTH:LATENCY, such as 500MB/s:100us, got ${show(text)}`,
    );
  }
  const mbPerSecond = Number(groups.rate) * (groups.unit === 'GB' ? 1000 : 1);
  const latencyUs = Number(groups.latency) * (groups.time === 'ms' ? 1000 : 1);
  if (mbPerSecond < 1 || mbPerSecond > MOST_MB_PER_SECOND) {
    throw new InputError(`--disk: expected from 1 to ${MOST_MB_PER_SECOND} MB/s, got ${show(text)}`);
  }
  if (latencyUs > MOST_LATENCY_US) {
    throw new InputError(`--disk: expected a latency of at most 10 s, got ${show(text)}`);
  }
  return { mbPerSecond, latencyUs };
}

/** How long a transfer takes, in ms, parts of it included. */
export function transferMs({ mbPerSecond, latencyUs }: Disk, mb: number): number {
  return latencyUs / 1000 + (1000 * mb) / mbPerSecond;
}

/** What a cluster's configuration has for it; nothing where a page moves at once. */
export function pagingOf(disk: Disk | undefined): Pick<Configuration, 'paging'> {
  return disk === undefined ? {} : { paging: { chunk: disk.chunkMb, reserve: disk.reserveMb } };
}

/** @throws InputError with one line when a disk is asked for and one of the schedulers does not page. */
export function refuseWithoutPaging(schedulers: readonly Scheduler[], disk: Disk | undefined): void {
  if (disk === undefined) return;
  const other = schedulers.find(
    ({ without = [], words = [], memory }) =>
      without.includes('paging') || words.length > 0 || memory === 'unbounded',
  );
  if (other === undefined) return;
  throw new InputError(
    `--disk: expected schedulers that page, and ${other.name} does not; leave it or --disk out`,
  );
}
