import type { Stimulus } from '../../../model/alphabet.ts';
import { ImpossibleStimulus } from '../../../model/input-error.ts';
import { checkSpending } from '../../xx/budget.ts';
import { isSafe } from '../../xx/exact.ts';
import { isUsed } from '../../xx/used-ids.ts';
import type { Cluster } from './cluster.ts';
import type { Host, Job } from './job.ts';

/**
 * Refuses a stimulus that is not possible in this state, before anything has changed. Every scheduler refuses the same:
 * what names nothing that there is, and sums that leave the safe integers, of bills and budgets too, though a peer may know
 * of neither.
 *
 * @throws ImpossibleStimulus with one line that names the stimulus, the value and the cause.
 */
export function checkPossible(cluster: Cluster, at: number, stimulus: Stimulus): void {
  if (!Number.isSafeInteger(at) || at < 0) refuse(`at ${at}`, 'a time is a non-negative safe integer, in ms');
  if (at < cluster.now) {
    refuse(`at ${at}`, `time never decreases, and the step before was at ${cluster.now}`);
  }
  const isFirst = stimulus.type === 'boot';
  if (isFirst === cluster.isBooted) {
    refuse(stimulus.type, isFirst ? 'the cluster has booted already' : 'the first stimulus is always boot');
  }
  checkStimulus(cluster, at, stimulus);
  checkSpending(cluster, cluster, at);
}

function checkStimulus(cluster: Cluster, at: number, stimulus: Stimulus): void {
  switch (stimulus.type) {
    case 'submit':
      checkUnused(cluster, 'submit', stimulus.id);
      checkIndex('submit', 'tenant', stimulus.tenant, cluster.config.tenants.length);
      checkTarget(cluster, stimulus);
      return;
    case 'call':
      checkRunning(cluster, 'call', stimulus.caller);
      checkUnused(cluster, 'call', stimulus.id);
      checkTarget(cluster, stimulus);
      return;
    case 'finish':
      cluster.billAt(at, checkRunning(cluster, 'finish', stimulus.id));
      return;
    case 'resize':
      checkDemand(cluster, checkRunning(cluster, 'resize', stimulus.id), stimulus.demand);
      return;
    case 'turn':
      checkIndex('turn', 'shard', stimulus.shard, cluster.config.shards);
      checkRoom(cluster, stimulus.shard);
      return;
    case 'restart':
      checkIndex('restart', 'shard', stimulus.shard, cluster.config.shards);
      return;
    case 'antagonist':
      checkStatus(cluster, 'antagonist', stimulus.machine, ['up', 'draining']);
      checkAtLeast('antagonist', 'memory', stimulus.memory, 0);
      return;
    case 'drain':
      checkStatus(cluster, 'drain', stimulus.machine, ['up']);
      return;
    case 'crash':
      checkStatus(cluster, 'crash', stimulus.machine, ['up', 'draining']);
      return;
    case 'timeout':
      checkTimeout(cluster, stimulus.id);
      return;
    case 'join':
      checkIndex('join', 'machine', stimulus.machine, cluster.hosts.length + 1);
      if (stimulus.machine < cluster.hosts.length) checkStatus(cluster, 'join', stimulus.machine, ['down']);
      checkAtLeast('join', 'cores', stimulus.cores, 1);
      checkAtLeast('join', 'ram', stimulus.ram, 1);
      checkAtLeast('join', 'swap', stimulus.swap, 0);
      return;
  }
}

function checkUnused({ usedIds }: Cluster, type: string, id: number): void {
  checkAtLeast(type, 'id', id, 0);
  if (isUsed(usedIds, id)) refuse(`${type} ${id}`, `id ${id} was used before, and an id is used once`);
}

function checkTarget({ config }: Cluster, { type, class: priceClass, shard }: Target): void {
  checkIndex(type, 'class', priceClass, config.classes.length);
  checkIndex(type, 'shard', shard, config.shards);
}

type Target = Extract<Stimulus, { type: 'submit' | 'call' }>;

function checkRunning({ jobs, usedIds }: Cluster, type: string, id: number): Job {
  const job = jobs.get(id);
  if (job === undefined) {
    const cause = isUsed(usedIds, id) ? `invocation ${id} has ended` : `there is no invocation ${id}`;
    refuse(`${type} ${id}`, cause);
  }
  if (job.phase === 'running') return job;
  refuse(`${type} ${id}`, `invocation ${id} is ${job.phase}, and only a running one hears that`);
}

function checkTimeout({ config, jobs }: Cluster, id: number): void {
  const subject = `timeout ${id}`;
  if (config.words?.includes('timeouts') !== true) {
    refuse(subject, 'the words of the configuration are without "timeouts"');
  }
  const job = jobs.get(id);
  if (job === undefined || !job.isRoot) refuse(subject, `there is no root ${id}, or it has ended`);
  if (job.isGivenUp) refuse(subject, `the client of invocation ${id} has given up before`);
}

function checkDemand({ hosts }: Cluster, job: Job, demand: number): void {
  checkAtLeast('resize', 'demand', demand, 1);
  const others = hosts[job.machine]!.resident - job.resident;
  if (isSafe(others + demand)) return;
  refuse(`resize ${job.id}`, `demand ${demand}, with ${others} MB of others, is beyond the safe integers`);
}

/** A machine whose memory would leave the safe integers is closed: if all are, no invocation can be placed. */
function checkRoom({ queues, hosts, fleet }: Cluster, shard: number): void {
  if (fleet.open.length > 0 || queues[shard]!.size === 0) return;
  const full = hosts.find(({ status }) => status === 'up');
  if (full === undefined) return;
  refuse(
    `turn ${shard}`,
    `one more function on machine ${full.id} takes its memory beyond the safe integers`,
  );
}

function checkStatus(
  { hosts }: Cluster,
  type: string,
  machine: number,
  allowed: readonly Host['status'][],
): void {
  checkIndex(type, 'machine', machine, hosts.length);
  const { status } = hosts[machine]!;
  if (allowed.includes(status)) return;
  refuse(`${type} ${machine}`, `machine ${machine} is ${status}, and has to be ${allowed.join(' or ')}`);
}

function checkIndex(type: string, what: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  refuse(type, `there is no ${what} ${index}; they go from 0 to ${count - 1}`);
}

function checkAtLeast(type: string, what: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  refuse(type, `${what} ${value} is not a safe integer of at least ${least}`);
}

function refuse(subject: string, cause: string): never {
  throw new ImpossibleStimulus(`${subject}: ${cause}`);
}
