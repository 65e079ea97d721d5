import { readFileSync } from 'node:fs';
import type { TimedStimulus } from '../../model/alphabet.ts';
import { readAnswer } from '../../model/format/answer.ts';
import { readScenario } from '../../model/format/lines.ts';
import { childrenOfThisProcess } from '../../reference-impl/exec/children.ts';
import { ExecScheduler } from '../../reference-impl/exec/exec-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';

/**
 * Prints how many stimuli a second a scheduler answers: the reference inside this process, the same behind the protocol,
 * and a process that answers everything with nothing; one at a time, and in batches, as shrinking, replays and exploration
 * ask. Of several rounds the best counts, since others use the machine too. A part of `npm run bench`.
 */
const ROUNDS = 5;
const STEPS = 6_000;
/** Stimuli of a scenario that is sent ahead. */
const BATCH = 100;

const SERVE = 'node docs/examples/serve.mjs';
const ANSWERS_NOTHING = `node -e "${[
  "let rest=''",
  "process.stdin.on('data',(chunk)=>{const lines=(rest+chunk).split('\\n');rest=lines.pop()",
  "const asked=lines.filter((line)=>line.includes('stimulus')).length",
  "if(asked>0)process.stdout.write('[]\\n'.repeat(asked))})",
].join(';')}"`;

/** What a process that does nothing should reach on two idle cores. */
const WANTED = { lockstep: 10_000, batches: 60_000 };

const scenario = readFileSync('docs/examples/home-page.scenario.jsonl', 'utf8');
const { config } = readScenario(scenario.trimEnd().split('\n'));
const ticks = Array.from(
  { length: BATCH },
  (_, at): TimedStimulus => ({
    at,
    stimulus: { type: at === 0 ? 'boot' : 'tick' },
  }),
);

process.stdout.write(`inside this process      ${figure(best(createXX(), lockstep))} answers/s\n`);
for (const [what, command] of Object.entries({
  'reference, as a process': SERVE,
  'a process doing nothing': ANSWERS_NOTHING,
})) {
  const scheduler = new ExecScheduler(
    {
      command,
      timeoutMs: 10_000,
      startTimeoutMs: 10_000,
      children: childrenOfThisProcess().buffer,
    },
    readAnswer,
  );
  const [single, many] = [best(scheduler, lockstep), best(scheduler, batches)];
  const wanted =
    command === SERVE ? '' : ` (wanted: ${figure(WANTED.lockstep)} and ${figure(WANTED.batches)})`;
  process.stdout.write(
    `${what}  ${figure(single)} answers/s in lockstep, ${figure(many)} in batches of ${BATCH}${wanted}\n`,
  );
  scheduler.close();
}

function best(scheduler: Scheduler, play: (scheduler: Scheduler) => void): number {
  play(scheduler);
  const rates = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    play(scheduler);
    return (STEPS / (performance.now() - startedAt)) * 1000;
  });
  return Math.round(Math.max(...rates));
}

function lockstep(scheduler: Scheduler): void {
  scheduler.reset(config);
  scheduler.step(0, { type: 'boot' });
  for (let at = 1; at < STEPS; at++) scheduler.step(at, { type: 'tick' });
}

function batches(scheduler: Scheduler): void {
  for (let step = 0; step < STEPS; step += BATCH) {
    scheduler.reset(config);
    scheduler.announce?.(ticks);
    for (const { at, stimulus } of ticks) scheduler.step(at, stimulus);
  }
}

function figure(value: number): string {
  return value.toLocaleString('en');
}
