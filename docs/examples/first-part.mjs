// A first part of XX, right within it: it places, and runs first come first served by class. It depends on nothing.
//
//     npx xx fuzz --runs 1000 --exec 'node docs/examples/first-part.mjs'
//
// Its first line says what it lacks, and so nothing of that is tried: all that docs/parts.md lists. Whoever adds a part
// names it after the command, and is judged by it too: here `first-part.mjs idle-lists` fails until it keeps idle lists.
import { createInterface } from 'node:readline';

const parts = [
  'calls',
  'budgets',
  'faults',
  'antagonists',
  'idle-lists',
  'swap',
  'shrink',
  'paging',
  'overflow',
];
say({ hello: 'first-part', without: parts.filter((part) => !process.argv.slice(2).includes(part)) });

let config, now, booted, used, queues, machines, decisions;

function reset(cluster) {
  config = cluster;
  [now, booted, used] = [0, false, new Map()];
  queues = Array.from({ length: config.shards }, () => config.classes.map(() => []));
  machines = config.machines.map((size, id) => ({ ...size, id, live: [] }));
}

const isIndex = (value, count) => Number.isSafeInteger(value) && value >= 0 && value < count;
const running = (id) => used.get(id)?.runs === true;

/** Whether a stimulus makes sense now. */
const possible = {
  boot: () => !booted,
  submit: ({ id, tenant, class: asked, shard }) =>
    isIndex(id, 2 ** 53) &&
    !used.has(id) &&
    isIndex(tenant, config.tenants.length) &&
    isIndex(asked, config.classes.length) &&
    isIndex(shard, config.shards),
  turn: ({ shard }) => isIndex(shard, config.shards),
  resize: ({ id, demand }) => running(id) && Number.isSafeInteger(demand) && demand >= used.get(id).demand,
  finish: ({ id }) => running(id),
  tick: () => true,
};

/** What happens, and the answer to it; then the machine that it concerns is settled. */
const happen = {
  boot: () => {
    booted = true;
  },
  submit: ({ id, class: asked, shard }) => {
    const one = { id, class: asked, since: now, runs: false, demand: 0, cpuMs: 0, mbMs: 0 };
    used.set(id, one);
    queues[shard][asked].push(one);
    decisions.push({ type: 'enqueue', id, shard, class: asked, degraded: false });
  },
  turn: ({ shard }) => {
    const worth = (one) => BigInt(config.classes[one.class].price) * BigInt(now - one.since);
    const heads = queues[shard].flatMap(([head]) => (head === undefined ? [] : [head]));
    if (heads.length === 0) return;
    const head = heads.reduce((best, other) => (worth(other) >= worth(best) ? other : best));
    queues[shard][head.class].shift();
    const polled = machines.slice(0, config.kMachines);
    const machine = polled.reduce((best, other) => (other.live.length < best.live.length ? other : best));
    Object.assign(head, { machine, demand: config.initialMemory });
    machine.live.push(head);
    const place = { type: 'place', id: head.id, shard, machine: machine.id, via: 'poll' };
    decisions.push({ ...place, polled: polled.map(({ id }) => id) });
    settle(machine);
  },
  resize: ({ id, demand }) => {
    used.get(id).demand = demand;
    settle(used.get(id).machine);
  },
  finish: ({ id }) => {
    const { machine } = used.get(id);
    end(used.get(id), { type: 'complete', id });
    settle(machine);
  },
  tick: () => {},
};

function end(one, decision) {
  one.machine.live = one.machine.live.filter((other) => other !== one);
  one.runs = false;
  const { cpuMs, mbMs } = one;
  const cost = cpuMs * config.classes[one.class].price + mbMs * config.memoryPrice;
  decisions.push({ ...decision, bill: { cpuMs, mbMs, cost } });
}

/** Whoever does not fit is killed, the lowest first; then the highest get the cores. */
function settle(machine) {
  const { ram, cores } = machine;
  // Stable: those of one class stay in the order in which they came.
  const ranked = () => [...machine.live].sort((a, b) => b.class - a.class);
  const kill = (one, reason) => end(one, { type: 'kill', id: one.id, reason });
  for (const one of ranked().reverse()) if (one.demand > ram) kill(one, 'exceeds-machine');
  for (const one of ranked().reverse()) {
    if (machine.live.reduce((sum, { demand }) => sum + demand, 0) > ram) kill(one, 'memory');
  }
  const [run, wait] = [ranked().slice(0, cores), ranked().slice(cores)];
  for (const one of wait) if (one.runs) decisions.push({ type: 'preempt', id: one.id });
  for (const one of run) if (!one.runs) decisions.push({ type: 'start', id: one.id });
  for (const one of machine.live) one.runs = run.includes(one);
}

/** Everybody pays for the time since the last step. */
function advance(at) {
  for (const one of machines.flatMap(({ live }) => live)) {
    one.mbMs += (at - now) * one.demand;
    if (one.runs) one.cpuMs += at - now;
  }
  now = at;
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { format, config: cluster, at, stimulus } = JSON.parse(line);
  if (format === 'xx-scenario') {
    reset(cluster);
    continue;
  }
  const { type } = stimulus;
  const isInTime = Number.isSafeInteger(at) && at >= now && (booted || type === 'boot');
  if (!isInTime || !Object.hasOwn(possible, type) || !possible[type](stimulus)) {
    say({ impossible: `${type} at ${at}` });
    continue;
  }
  advance(at);
  decisions = [];
  happen[type](stimulus);
  say(decisions);
}
