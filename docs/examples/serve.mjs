// Any scheduler object, spoken to by lines: `reset` at a header, `step` at a stimulus, a line of decisions back.
// Here it is the reference, so that this passes:
//
//     npx xx fuzz --runs 1000 --exec 'node docs/examples/serve.mjs'
import { createInterface } from 'node:readline';
import { createXX, ImpossibleStimulus } from 'xx-spec/contract';

const scheduler = createXX();

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.format === 'xx-scenario') {
    scheduler.reset(message.config);
    continue;
  }
  process.stdout.write(`${JSON.stringify(answer(message))}\n`);
}

/** Whoever is asked the impossible says so, and goes on as if it had not been asked. */
function answer({ at, stimulus }) {
  try {
    return scheduler.step(at, stimulus);
  } catch (error) {
    if (error instanceof ImpossibleStimulus) return { impossible: error.message };
    throw error;
  }
}
