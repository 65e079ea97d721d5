import type { ClippedNormal } from './distributions.ts';

/** As the authors' simulator draws x_m, in ticks of a second; the paper says only that it is normal. */
export const XM_MS: ClippedNormal = { mean: 2000, sd: 5000, least: 200, most: 100_000 };

/** The cluster and the workload of the paper's section 4, as options of a simulation. */
const COMMON = {
  machines: 100,
  cores: 8,
  ram: 32_000,
  swap: 500_000,
  shards: 4,
  kMachines: 3,
  kShards: 4,
  classes: 'lowest:30:35,low:70:25,middle:100:2,high:150:15,highest:200:23',
  memory: '100-10000',
  growthSteps: 8,
  load: 0.9,
};

/**
 * Options by the paper's text, and by its authors' simulator where the two differ (docs/evaluation.md says how).
 * `readOptions` checks the name.
 */
export const PRESETS = {
  'paper-text': { ...COMMON, alpha: 3, arrivals: 'poisson' },
  'paper-code': { ...COMMON, alpha: 25, arrivals: 'per-tick', shards: 1, kMachines: 100 },
};
