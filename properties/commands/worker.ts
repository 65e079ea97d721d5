import { type Command, Option } from 'commander';
import { counted } from '../../model/counted.ts';
import { printableJson } from '../../model/printable.ts';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { progressLine } from '../../reference-impl/io/output.ts';
import { stopSign } from '../../reference-impl/io/stop-sign.ts';
import { candidateOf } from '../contestants/contestants.ts';
import { work } from '../farm/worker.ts';
import { availableWorkers } from '../workers.ts';
import {
  type Desk,
  duration,
  EXIT,
  interruptedCode,
  interruptible,
  jsonOption,
  wholeNumber,
} from './command.ts';

const HELP = `
Any number of workers, on any machines, may come and go at any time: what one
has not done is given to another. What a worker runs is named by its own
command line alone, and never by the queue. Exit codes: 0 after --idle, 2 bad
usage, a queue that cannot be used or has nothing for this worker, 129, 130 or
143 stopped by a signal.`;

export function declareWorker(program: Command, desk: Desk): void {
  program
    .command('worker')
    .requiredOption('--queue <url>', 'the Redis that has the queue, such as redis://127.0.0.1:6379')
    .option('--workers <n>', 'threads (default: one per core)', wholeNumber(1))
    .option('--exec <command>', 'a scheduler of your own: play campaigns of this command, too')
    .option('--exec-timeout <time>', 'how long one answer may take (default: 10s)', duration)
    .option(
      '--exec-start-timeout <time>',
      'how long starting and the first answer may take (default: 30s)',
      duration,
    )
    .option('--goals <file>', 'the module of goals of campaigns that have some')
    .addOption(
      new Option('--idle <time>', 'leave after so long without work (default: stay)').argParser(duration),
    )
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (options) => desk.exit(await run(options, desk)));
}

interface Options {
  queue: string;
  workers?: number;
  exec?: string;
  execTimeout?: number;
  execStartTimeout?: number;
  goals?: string;
  /** In ms. */
  idle?: number;
  json?: boolean;
}

async function run(
  { queue, workers, goals, idle, json, ...who }: Options,
  { out, err }: Desk,
): Promise<number> {
  const line = progressLine(err);
  const startedAt = nowMs();
  let done = { jobs: 0, steps: 0 };
  const seconds = (): number => (nowMs() - startedAt) / 1000;
  const options = {
    queue,
    threads: workers ?? availableWorkers(),
    candidate: who.exec === undefined ? null : candidateOf({ scheduler: '', ...who }),
    ...(goals === undefined ? {} : { goals }),
    ...(idle === undefined ? {} : { idleMs: idle }),
  };
  await interruptible((_, stopped) =>
    work(options, {
      stopped,
      say(text) {
        line.clear();
        err.write(`xx worker: ${text}\n`);
      },
      onDone(now) {
        done = now;
        line.show(`${told(done)}, ${Math.round(done.steps / seconds())} steps/s`);
      },
    }),
  );
  line.clear();
  out.write(json ? `${printableJson({ ...done, seconds: seconds() })}\n` : `${told(done)}.\n`);
  return stopSign().signal === 0 ? EXIT.accepted : interruptedCode();
}

function told({ jobs, steps }: { readonly jobs: number; readonly steps: number }): string {
  return `${counted(jobs, 'job')} and ${steps.toLocaleString('en')} steps played`;
}
