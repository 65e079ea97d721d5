import { parseArgs } from 'node:util';
import ms, { type StringValue } from 'ms';
import { nowMs } from '../../reference-impl/io/clock.ts';
import { writeWhole } from '../../reference-impl/io/files.ts';
import { ChaosFarm } from './farm.ts';
import { rounds } from './plan.ts';

/**
 * What `npm run test:farm` runs: campaign after campaign on a farm whose workers, Redis and coordinator are killed at
 * moments that a seed determines, for so many minutes. Fails when a campaign does not come to what one process comes to.
 */
const { values } = parseArgs({
  options: {
    for: { type: 'string', default: process.env.CI === undefined ? '10m' : '1m' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '8000' },
  },
});
const [FARM, ALONE] = ['reports/chaos-farm.json', 'reports/chaos-alone.json'] as const;
const endsAt = nowMs() + ms(values.for as StringValue);
const farm = await ChaosFarm.start();
try {
  for (const round of rounds(Number(values.seed), Number(values.runs))) {
    const { name, runs, blows, difference } = await farm.play(round);
    const befell = Object.entries(blows).map(([act, times]) => `${act} ${times}×`);
    process.stdout.write(`${name}: ${runs} runs; ${befell.join(', ') || 'nothing befell it'}\n`);
    if (difference !== null) {
      writeWhole(FARM, difference.farm);
      writeWhole(ALONE, difference.alone);
      process.stdout.write(
        `${name} (${round.campaign.join(' ')}) came to something else than one process: compare ${FARM} and ${ALONE}\n`,
      );
      process.exitCode = 1;
      break;
    }
    if (nowMs() >= endsAt) break;
  }
} finally {
  await farm.end();
}
