// A scheduler in plain Node that speaks the protocol of docs/protocol.md, and depends on nothing.
//
//     npx xx run docs/examples/home-page.scenario.jsonl --exec 'node docs/examples/naive-scheduler.mjs' --judge
//
// It is naive on purpose: first come, first served, on the first machine, whatever the price class. The judge says which
// step is the first that XX does not allow.
import { createInterface } from 'node:readline';

let cluster;
let queue;

const answers = {
  boot: () =>
    cluster.machines.flatMap(({ ram }, machine) =>
      ram >= cluster.idle.enter
        ? [{ type: 'list', machine, shard: 0, available: ram, functions: 0, polled: [0] }]
        : [],
    ),
  submit: ({ id, shard, class: asked }) => {
    queue.push(id);
    return [{ type: 'enqueue', id, shard, class: asked, degraded: false }];
  },
  turn: ({ shard }) => {
    const id = queue.shift();
    if (id === undefined) return [];
    return [
      { type: 'place', id, shard, machine: 0, via: 'idle-list' },
      { type: 'start', id },
    ];
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.format === 'xx-scenario') {
    // A header: forget everything and start over. It has no answer.
    cluster = message.config;
    queue = [];
    continue;
  }
  const { stimulus } = message;
  // An impossible stimulus would have to be answered with {"impossible": "why"}; this one believes everything.
  const decisions = answers[stimulus.type]?.(stimulus) ?? [];
  process.stdout.write(`${JSON.stringify(decisions)}\n`);
}
