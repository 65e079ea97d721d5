import { readFileSync } from 'node:fs';
import { readAnswer } from '../../model/format/answer.ts';
import { readScenario } from '../../model/format/lines.ts';
import { childrenOfThisProcess } from '../../reference-impl/exec/children.ts';
import { ExecScheduler } from '../../reference-impl/exec/exec-scheduler.ts';
import type { Scheduler } from '../../reference-impl/scheduler.ts';
import { createXX } from '../../reference-impl/xx/xx.ts';

/**
 * Prints how many stimuli a second a scheduler answers: the reference inside this process, the same behind the protocol,
 * and a process that answers everything with nothing. `node dist/properties/bench/round-trips.js`, from the root.
 */
const WARM_UP = 2_000;
const STEPS = 30_000;
const SERVE = 'node docs/examples/serve.mjs';
const ANSWERS_NOTHING = `node -e "require('readline').createInterface(process.stdin).on('line',l=>l.startsWith('{\\"format')||process.stdout.write('[]\\n'))"`;

const scenario = readFileSync('docs/examples/home-page.scenario.jsonl', 'utf8');
const { config } = readScenario(scenario.trimEnd().split('\n'));

process.stdout.write(`inside this process ${answersPerSecond(createXX())} answers/s\n`);
for (const [what, command] of Object.entries({
  'behind the protocol': SERVE,
  'answering nothing': ANSWERS_NOTHING,
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
  process.stdout.write(`${what} ${answersPerSecond(scheduler)} answers/s\n`);
  scheduler.close();
}

function answersPerSecond(scheduler: Scheduler): number {
  scheduler.reset(config);
  scheduler.step(0, { type: 'boot' });
  for (let at = 0; at < WARM_UP; at++) scheduler.step(at, { type: 'tick' });
  const startedAt = performance.now();
  for (let step = 0; step < STEPS; step++) scheduler.step(WARM_UP + step, { type: 'tick' });
  return Math.round((STEPS / (performance.now() - startedAt)) * 1000);
}
