import { counted } from '../../model/counted.ts';
import { type Invocation, type Machine, ramHeld, swapHeld, usableRam } from '../../model/entities.ts';
import { showText } from '../../model/format/show.ts';
import type { Shard, State } from '../../model/state.ts';
import { AVAILABILITY, DISK, PHASE } from '../../model/table.ts';
import { className, clippedList, wordsOfDecision, wordsOfStimulus } from '../../model/words.ts';
import { CATALOGUE } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { colour } from '../colour.ts';
import { wrapped } from '../text.ts';
import { diskWords, isLentACore, isStalled, takenByOthers } from './disk.ts';
import { type Entity, entityOf, entityWords, type Place, tenantWords } from './entity.ts';
import type { Frame, MarkedDecision } from './frames.ts';
import { lineWords, poolWords } from './optional-words.ts';

/** What a replay says to people, within 80 columns where names allow. */

/** A step: the stimulus, the decisions, who runs where, memory as bars, the queues; and the entity of the verdict. */
export function frameText(frame: Frame, finding: Finding | null): string[] {
  const { step, timed, decisions, state, place, isAftermath } = frame;
  const head = `step ${step}, at ${timed.at} ms: ${wordsOfStimulus(timed.stimulus)}`;
  if (decisions === null) return wrapped(`${head} (left out: not possible here)`, 78, 2).map(colour.dim);
  const isWrong = finding !== null && finding.step === step;
  const entity = isWrong ? entityOf(finding.entity) : null;
  const lines = isAftermath ? aftermathText(state, place) : clusterText(state, place);
  const cluster = lines.flatMap((line) => wrapped(`    ${line}`, 78, 2));
  if (isAftermath) {
    return [colour.dim('    where the rest of this step leads, as far as it is possible:'), ...cluster];
  }
  const rule = finding?.property ?? '';
  const isRefused = decisions.some(({ mark }) => mark === 'refused');
  return [
    ...wrapped(head, 78, 2).map(isWrong ? (line) => colour.bold(colour.red(line)) : colour.bold),
    ...decisions.flatMap((decision) => decisionText(decision, rule)),
    ...(isWrong && !isRefused ? [colour.red(`  ✗ the step ends here, against ${rule}`)] : []),
    ...(isRefused ? [colour.dim('    when it was refused:')] : []),
    ...cluster,
    ...(entity === null ? [] : aboutText(state, entity)),
  ];
}

/** What is wrong: the property, the rule, the facts and what was permitted instead. */
export function findingText(finding: Finding): string[] {
  const { sentence, section } = CATALOGUE.find(({ id }) => id === finding.property)!;
  return [
    ...wrapped(`step ${finding.step} violates ${finding.property} (paper section ${section})`, 78).map(
      colour.red,
    ),
    ...wrapped(`  ${sentence}`, 78),
    '',
    ...wrapped(`  ${finding.message}`, 78),
    ...finding.falls.flatMap(({ property, message }) => wrapped(`  ${property}: ${message}`, 78, 2)),
  ];
}

function decisionText({ decision, mark }: MarkedDecision, rule: string): string[] {
  const words = wordsOfDecision(decision);
  if (mark === 'taken') return wrapped(`  ✓ ${words}`, 78, 4);
  if (mark === 'not reached') return wrapped(`  · ${words}: not reached`, 78, 4).map(colour.dim);
  return wrapped(`  ✗ ${words}: refused by ${rule}`, 78, 4).map(colour.red);
}

function aboutText(state: State, entity: Entity): string[] {
  return entityWords(state, entity).flatMap((line, index) => {
    return wrapped(`    ${index === 0 ? '▶ ' : '  '}${line}`, 78, 2).map(colour.cyan);
  });
}

/**
 * The cluster in a few lines: machines that hold invocations, shards where something waits or is listed, and budgets.
 */
function clusterText(state: State, place: Place): string[] {
  const told = state.machines.filter((machine) => {
    const { live, availability, antagonist, id } = machine;
    const isBusy = live.length > 0 || availability !== AVAILABILITY.up || antagonist > 0;
    return isBusy || id === place.machine || lineWords(state, machine).length > 0;
  });
  const machines = told.length === 0 ? state.machines.slice(0, 1) : told;
  const shown = withOne(machines, ({ id }) => id === place.machine);
  const shards = state.shards
    .map((shard, id) => ({ shard, id }))
    .filter(({ shard, id }) => shard.queued > 0 || shard.listed.size > 0 || poolWords(state, id).length > 0);
  const shownShards = withOne(shards, ({ id }) => id === place.shard);
  const tenants = state.tenants
    .map((tenant, id) => ({ tenant, id }))
    .filter(({ tenant: { budget } }) => budget !== null);
  const shownTenants = withOne(tenants, ({ id }) => id === place.tenant);
  return [
    ...shown.flatMap((machine) => machineText(state, machine)),
    ...more(state.machines.length - shown.length, 'machine'),
    ...shownShards.flatMap(({ shard, id }) => shardText(state, shard, id)),
    ...more(shards.length - shownShards.length, 'shard'),
    ...shownTenants.map(({ tenant, id }) => tenantWords(state, tenant, id)),
    ...more(tenants.length - shownTenants.length, 'tenant with a budget', 'tenants with budgets'),
  ];
}

/** In the second look at a step, only the machine that matters, if there is one. */
function aftermathText(state: State, place: Place): string[] {
  const machine = state.machines[place.machine ?? -1];
  return machine === undefined ? clusterText(state, place) : machineText(state, machine);
}

/** The first few, among them the one that matters. */
function withOne<Item>(items: readonly Item[], matters: (item: Item) => boolean): readonly Item[] {
  if (items.length <= MOST_SHOWN) return items;
  const first = items.slice(0, MOST_SHOWN);
  const one = items.find(matters);
  return one === undefined || first.includes(one) ? first : [...first.slice(0, -1), one];
}

function more(others: number, noun: string, plural?: string): string[] {
  return others > 0 ? [colour.dim(`and ${counted(others, `more ${noun}`, plural && `more ${plural}`)}`)] : [];
}

function machineText(state: State, machine: Machine): string[] {
  const { id, ram, swap, resident, transferMb, availability, running, cores } = machine;
  if (availability === AVAILABILITY.down) return [`machine ${id}  down`];
  const inTime = state.config.paging !== undefined;
  const taken = takenByOthers(machine, inTime);
  const [held, inSwap] = [ramHeld(machine), swapHeld(machine)];
  const bars = [
    `RAM ${bar([resident, transferMb, taken], ram)} ${held}${taken > 0 ? `+${taken}` : ''}/${ram} MB`,
    `swap ${bar([inSwap - transferMb, transferMb], swap)} ${inSwap}/${swap} MB`,
  ].join('  ');
  const draining = availability === AVAILABILITY.draining ? ', draining' : '';
  const lines = [`machine ${id}  ${bars}${draining}`];
  // While the disk works RAM may hold more than an antagonist leaves.
  const mostHeld = machine.disk === DISK.idle ? usableRam(machine) : ram;
  const over = [
    ...(held > mostHeld ? [`${held - mostHeld} MB too many in RAM`] : []),
    ...(inSwap > swap ? [`${inSwap - swap} MB too many in swap`] : []),
  ];
  if (over.length > 0) lines.push(colour.red(`  ! ${over.join(', ')}`));
  const people = [
    `${running}/${cores} ${running === 1 ? 'core runs' : 'cores run'} ${namesOf(state, machine, PHASE.running)}`,
    ...peopleText(state, machine, 'ready', (one) => one.phase === PHASE.ready && !(inTime && isStalled(one))),
    ...(inTime ? peopleText(state, machine, 'waiting for memory', isStalled) : []),
    ...(has(machine, PHASE.blocked) ? [`blocked ${namesOf(state, machine, PHASE.blocked)}`] : []),
    ...(has(machine, PHASE.waking) ? [`to be woken ${namesOf(state, machine, PHASE.waking)}`] : []),
    ...(has(machine, PHASE.finishing) ? [`finishing ${namesOf(state, machine, PHASE.finishing)}`] : []),
  ];
  if (inTime) lines.push(...inTimeText(machine, taken).map((line) => `  ${line}`));
  if (machine.live.length > 0) lines.push(...wrapped(people.join('; '), 66).map((line) => `  ${line}`));
  return [...lines, ...lineWords(state, machine).map((line) => `  ${line}`)];
}

/** What is in flight on a machine, and what others want of it and have not got. */
function inTimeText(machine: Machine, taken: number): string[] {
  const { disk, antagonist, ram } = machine;
  return [
    ...(disk === DISK.idle ? [] : [`disk ${diskWords(machine)} (▓ in RAM and in swap)`]),
    ...(taken < Math.min(antagonist, ram) ? [`an antagonist wants ${antagonist} MB`] : []),
  ];
}

function peopleText(
  state: State,
  { live }: Machine,
  what: string,
  isMeant: (one: Invocation) => boolean,
): string[] {
  const names = live.filter(isMeant).map((one) => nameOf(state, one));
  return names.length === 0 ? [] : [`${what} ${clippedList(names)}`];
}

function has({ live }: Machine, phase: number): boolean {
  return live.some((invocation) => invocation.phase === phase);
}

function namesOf(state: State, { live }: Machine, phase: number): string {
  const names = live.filter((invocation) => invocation.phase === phase).map((who) => nameOf(state, who));
  return names.length === 0 ? 'nobody' : clippedList(names);
}

function nameOf(state: State, one: Invocation): string {
  const { id, class: effective, demand, resident, inFlight, fresh } = one;
  const facts = [
    showText(one.function),
    className(state, effective),
    resident === demand ? `${demand} MB` : `${resident} of ${demand} MB`,
    ...(inFlight > 0 ? [`${inFlight} in flight`] : []),
    ...(fresh > 0 ? [`${fresh} asked for`] : []),
    ...(state.config.paging !== undefined && isLentACore(one) ? ['on loan'] : []),
  ];
  return `${id} (${facts.join(', ')})`;
}

/** The queues of a shard, the highest class first, and its idle list. */
function shardText(state: State, { queues, queued, listed }: Shard, id: number): string[] {
  const classes = queues
    .map(({ items, head }, index) => ({ index, ids: items.slice(head).map((item) => item.id) }))
    .filter(({ ids }) => ids.length > 0)
    .reverse();
  const waits = classes.map(({ index, ids }) => `${className(state, index)}: ${clippedList(ids)}`);
  const idle = [...listed]
    .sort((a, b) => a.id - b.id)
    .map(({ id: machine, entry }) => {
      return `machine ${machine} (${entry!.available} MB, ${counted(entry!.functions, 'function')})`;
    });
  return [
    ...(queued > 0 ? [`shard ${id}  queued ${waits.join('; ')}`] : []),
    ...(idle.length > 0 ? [`shard ${id}  idle list: ${clippedList(idle)}`] : []),
    ...poolWords(state, id),
  ];
}

/** Parts of a whole as a bar: what stays solid, what is in flight dark, what others hold shaded, the rest dots. */
function bar(parts: readonly number[], whole: number): string {
  let cells = '';
  for (const [index, part] of parts.entries()) {
    const wanted = whole === 0 || part === 0 ? 0 : Math.max(1, Math.round((part / whole) * BAR_COLUMNS));
    cells += SHADES[index]!.repeat(Math.min(wanted, BAR_COLUMNS - cells.length));
  }
  return `[${cells.padEnd(BAR_COLUMNS, '·')}]`;
}

const SHADES = ['█', '▓', '▒'] as const;

const BAR_COLUMNS = 10;
const MOST_SHOWN = 8;
