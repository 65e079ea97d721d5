import { markdownTable } from '../../model/render/markdown.ts';
import { BLOCK } from '../campaign/block.ts';
import { JOBS_PER_THREAD, MOST_JOBS, POLL_MS } from '../farm/coordinator.ts';
import { ENOUGH_JOBS, MOST_BLOCKS } from '../farm/spec.ts';
import { coresAt, type Load, leastBlocks, loadOf, mostCores, serviceMsOf } from '../scale/load.ts';
import type { ScaleRecord } from '../scale/record.ts';
import { GENERATED } from './links.ts';

const CORES = [8, 100, 1000, 2000, 5000];
const SIZES = [1, 2, 5, 10, MOST_BLOCKS, 50, 100];
const FARM = 1000;
const HALF = 0.5;

/** The page that says what a farm of 1,000 cores would do to its parts. */
export function scalePage(record: ScaleRecord): string {
  const { stretches, redis, poll, putMs, merges, blockMs } = record;
  const least = leastBlocks(record, FARM, HALF);
  const usual = loadOf(record, FARM, MOST_BLOCKS);
  const paragraphs = [
    GENERATED,
    '# A farm of 1,000 cores, on paper',
    `Nobody here has a thousand cores. What each part of [a farm](farm.md) costs was measured on a machine with two; what
follows from it for more is calculated, and not measured.`,
    '## Measured',
    `One core plays a block of ${BLOCK} runs of medium size in ${ms(blockMs)}. What comes back for a job, and what the coordinator
does with it, in CPU time:`,
    markdownTable(
      [
        'blocks in a job',
        'bytes of the result',
        'to read and check it',
        'to unite it',
        'with putting the job',
      ],
      stretches.map((cost) => [
        figure(cost.blocks),
        figure(cost.bytes),
        ms(cost.checkMs),
        ms(cost.uniteMs),
        ms(serviceMsOf(record, cost)),
      ]),
    ),
    `A result is counters, so one of ${figure(stretches.at(-1)!.blocks)} blocks is hardly longer than one of a single block.
To put a job into the queue takes the coordinator ${ms(putMs)}. Every ${POLL_MS} ms it asks for all results that it waits for; to ask
for ${figure(poll.jobs)} that are not there takes ${ms(poll.ms)} of it and ${ms(poll.redisMs)} of Redis.`,
    `Redis, over a whole campaign of ${figure(redis.jobs)} jobs with one worker, of runs of small size, for each job: ${figure(redis.commandsPerJob)} commands (with those
that scripts call, and with all asking in vain), ${ms(redis.cpuMsPerJob)} of CPU time, ${figure(redis.bytesInPerJob)} bytes in and ${figure(redis.bytesOutPerJob)} out. Many
workers ask less in vain for each job, so for them this is probably too much; that was not measured.`,
    'The merge of shards (`xx fuzz merge`), in CPU time, with nothing found:',
    markdownTable(
      ['shards', 'bytes of their reports', 'time'],
      merges.map(({ shards, bytes, ms: time }) => [figure(shards), figure(bytes), ms(time)]),
    ),
    '## Calculated',
    `Cores play all the time and hand in results independently of one another; the coordinator takes them one after the
other, each in the same time: a queue M/D/1, whose mean wait is that of Pollaczek and Khinchine. Coordinator and Redis have one
thread each. 100 % is all of a core of the machine that was measured; beyond it the cores wait.`,
    `**${figure(FARM)} cores**, by the size of a job:`,
    loadTable(SIZES.map((blocks) => loadOf(record, FARM, blocks))),
    `**Jobs of ${MOST_BLOCKS} blocks**, the most that a campaign has, by the number of cores:`,
    loadTable(CORES.map((cores) => loadOf(record, cores, MOST_BLOCKS))),
    '## What follows',
    [
      bullet(
        `With jobs of ${MOST_BLOCKS} blocks ${figure(FARM)} cores need ${percent(usual.coordinator)} of the coordinator and ${percent(usual.redis)} of Redis.
  Redis or the coordinator is full at ${figure(coresAt(record, MOST_BLOCKS, 1))} cores, and half full at ${figure(coresAt(record, MOST_BLOCKS, HALF))}.`,
      ),
      bullet(
        least === null
          ? `No size of a job keeps both below ${percent(HALF)} with ${figure(FARM)} cores.`
          : `Jobs of ${least} blocks or more keep both below ${percent(HALF)} with ${figure(FARM)} cores. With one block in a job they would be full at
  ${figure(coresAt(record, 1, 1))} cores.`,
      ),
      bullet(
        `${figure(FARM)} cores have a job each only in campaigns of ${figure(FARM * MOST_BLOCKS * BLOCK)} runs and more. A shorter one that a farm of this size
  plays is over in seconds; blocks in a job become fewer below ${figure(MOST_BLOCKS * BLOCK * ENOUGH_JOBS)} runs, down to one.`,
      ),
      bullet(
        `At most ${figure(MOST_JOBS)} jobs are in the queue, ${JOBS_PER_THREAD} for each thread, and some of them are done and not yet noticed: with jobs of
  ${MOST_BLOCKS} blocks at most ${figure(Math.floor(mostCores(record, MOST_BLOCKS)))} cores have work at a time, however fast Redis and the coordinator are.`,
      ),
      bullet(
        `The merge is no limit: ${figure(merges.at(-1)!.shards)} shards take ${ms(merges.at(-1)!.ms)}, once. Whoever has no [queue](campaigns.md#a-matrix) needs
  none for its sake.`,
      ),
    ].join('\n'),
    `Not in the calculation: what the coordinator shows and sums up for its report, networks, faster or slower machines, workers that are killed (what they had is played again), a process
behind \`--exec\` (whose jobs are one block, and take as long as it does), and what is found (a campaign ends there).`,
    '`npm run scale` measures again; it needs `redis-server` and a machine that does nothing else.',
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function loadTable(loads: readonly Load[]): string {
  return markdownTable(
    [
      'cores',
      'blocks in a job',
      'results/s',
      'kB/s',
      'coordinator',
      'Redis',
      'wait, mean',
      'cores with work',
    ],
    loads.map((load) => [
      figure(load.cores),
      figure(load.blocks),
      figure(Math.round(load.resultsPerSecond)),
      figure(Math.round(load.bytesPerSecond / 1000)),
      percent(load.coordinator),
      percent(load.redis),
      load.waitMs === null ? 'grows' : ms(load.waitMs),
      percent(load.busy),
    ]),
  );
}

function bullet(text: string): string {
  return `- ${text}`;
}

function figure(value: number): string {
  return value.toLocaleString('en');
}

function ms(value: number): string {
  return `${Number(value.toPrecision(2)).toLocaleString('en')} ms`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
