import pc from 'picocolors';
import { className, clippedList, wordsOfDecision, wordsOfStimulus } from '../../model/render/words.ts';
import type { Invocation, Machine, Shard, State } from '../../model/state.ts';
import { AVAILABILITY, PHASE } from '../../model/table.ts';
import { CATALOGUE } from '../catalogue.ts';
import type { Finding } from '../checkers/checker.ts';
import { wrapped } from '../text.ts';
import type { Frame } from './play.ts';

/** What a replay says to people, within 80 columns where names allow. */

/** A step: the stimulus, the decisions, who runs where, memory as bars, the queues. */
export function frameText({ step, timed, decisions, allowed, state }: Frame): string[] {
  const head = `step ${step}, at ${timed.at} ms: ${wordsOfStimulus(timed.stimulus)}`;
  if (decisions === null) return wrapped(`${head} (left out: not possible here)`, 78, 2).map(pc.dim);
  return [
    ...wrapped(head, 78, 2).map(pc.bold),
    ...decisions.flatMap((decision) => wrapped(`  ${wordsOfDecision(decision)}`, 78, 2)),
    ...(allowed === null ? [] : [pc.dim('    (as far as the refused step is possible)')]),
    ...clusterText(state).flatMap((line) => wrapped(`    ${line}`, 78, 2)),
  ];
}

/** What is wrong: the property, the rule, the facts and what was permitted instead. */
export function findingText(finding: Finding): string[] {
  const { sentence, section } = CATALOGUE.find(({ id }) => id === finding.property)!;
  return [
    ...wrapped(`step ${finding.step} violates ${finding.property} (paper section ${section})`, 78).map(
      pc.red,
    ),
    ...wrapped(`  ${sentence}`, 78),
    '',
    ...wrapped(`  ${finding.message}`, 78),
    ...finding.falls.flatMap(({ property, message }) => wrapped(`  ${property}: ${message}`, 78, 2)),
  ];
}

/** The cluster in a few lines: machines that hold somebody, and shards where somebody waits. */
function clusterText(state: State): string[] {
  const told = state.machines.filter(({ live, availability, antagonist }) => {
    return live.length > 0 || availability !== AVAILABILITY.up || antagonist > 0;
  });
  const shown = told.length === 0 ? state.machines.slice(0, 1) : told.slice(0, MOST_SHOWN);
  const others = state.machines.length - shown.length;
  return [
    ...shown.flatMap((machine) => machineText(state, machine)),
    ...(others > 0 ? [pc.dim(`${others} more machine${others === 1 ? '' : 's'}`)] : []),
    ...state.shards.flatMap((shard, id) => (shard.queued > 0 ? [queueText(state, shard, id)] : [])),
  ];
}

function machineText(state: State, machine: Machine): string[] {
  const { id, ram, swap, demand, resident, antagonist, availability, running, cores } = machine;
  if (availability === AVAILABILITY.down) return [`machine ${id}  down`];
  const taken = Math.min(antagonist, ram);
  const bars = [
    `RAM ${bar([resident, taken], ram)} ${resident}${taken > 0 ? `+${taken}` : ''}/${ram} MB`,
    `swap ${bar([demand - resident], swap)} ${demand - resident}/${swap} MB`,
  ].join('  ');
  const draining = availability === AVAILABILITY.draining ? ', draining' : '';
  const lines = [`machine ${id}  ${bars}${draining}`];
  const people = [
    `${running}/${cores} ${running === 1 ? 'core runs' : 'cores run'} ${namesOf(state, machine, PHASE.running)}`,
    ...(has(machine, PHASE.ready) ? [`ready ${namesOf(state, machine, PHASE.ready)}`] : []),
    ...(has(machine, PHASE.blocked) ? [`blocked ${namesOf(state, machine, PHASE.blocked)}`] : []),
  ];
  if (machine.live.length > 0) lines.push(...wrapped(people.join('; '), 66).map((line) => `  ${line}`));
  return lines;
}

function has({ live }: Machine, phase: number): boolean {
  return live.some((invocation) => invocation.phase === phase);
}

function namesOf(state: State, { live }: Machine, phase: number): string {
  const names = live.filter((invocation) => invocation.phase === phase).map((who) => nameOf(state, who));
  return names.length === 0 ? 'nobody' : clippedList(names);
}

function nameOf(state: State, { id, class: effective, demand, resident }: Invocation): string {
  const memory = resident === demand ? `${demand} MB` : `${resident} of ${demand} MB`;
  return `${id} (${className(state, effective)}, ${memory})`;
}

/** The queues of a shard, the highest class first. */
function queueText(state: State, { queues }: Shard, id: number): string {
  const classes = queues
    .map(({ items, head }, index) => ({ index, ids: items.slice(head).map((item) => item.id) }))
    .filter(({ ids }) => ids.length > 0)
    .reverse();
  const told = classes.map(({ index, ids }) => `${className(state, index)}: ${clippedList(ids)}`);
  return `shard ${id}  queued ${told.join('; ')}`;
}

/** Parts of a whole as a bar: the first solid, the second (what others hold) shaded, the rest dots. */
function bar([first = 0, second = 0]: readonly number[], whole: number): string {
  const cells = (part: number): number =>
    whole === 0 || part === 0 ? 0 : Math.max(1, Math.round((part / whole) * BAR_COLUMNS));
  const solid = Math.min(BAR_COLUMNS, cells(first));
  const shaded = Math.min(BAR_COLUMNS - solid, cells(second));
  return `[${'█'.repeat(solid)}${'▒'.repeat(shaded)}${'·'.repeat(BAR_COLUMNS - solid - shaded)}]`;
}

const BAR_COLUMNS = 10;
const MOST_SHOWN = 8;
