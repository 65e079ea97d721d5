import { writeWhole } from '../../reference-impl/io/files.ts';
import { blockMs, mergeCost, stretchCost, stretchOf } from './measure.ts';
import { coordinatorCosts, redisCost } from './on-redis.ts';
import { RECORD_FILE, type ScaleRecord } from './record.ts';

/**
 * What `npm run scale` runs: measures what a farm costs its coordinator, its Redis and a merge, and keeps it in
 * docs/scale.json, from which `npm run docs` makes a page. It needs redis-server and a machine that does nothing else.
 */
const shard = stretchOf(1);
const record: ScaleRecord = {
  blockMs: blockMs(40),
  stretches: [1, 2, 5, 10, 20, 50, 100].map((blocks) => stretchCost(blocks, 200)),
  ...(await coordinatorCosts()),
  redis: await redisCost(20_000),
  merges: [10, 100, 1000].map((shards) => mergeCost(shards, shard)),
};
writeWhole(RECORD_FILE, `${JSON.stringify(record, null, 1)}\n`);
console.log(JSON.stringify(record, null, 1));
