import type { Decision, Stimulus } from '../../../model/alphabet.ts';
import { printable } from '../../../model/printable.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../../model/words.ts';
import type { MarkedDecision } from '../frames.ts';
import type { Film, Moment } from '../moment.ts';
import type { Exporter } from './exporter.ts';

/**
 * A replay as a sequence diagram of Mermaid, which GitHub, GitLab and many editors draw where it stands in Markdown. The
 * clients, each shard and each machine have a line of life. A note says the step and the time; a stimulus comes from the
 * clients; what a shard decides goes to a machine or back, and what a machine decides stays there. A decision without
 * effect, because a rule refused the step, ends in a cross. Where paging takes time each machine has a disk, with a bar
 * along its line of life while a chunk is in flight.
 */
export function mermaidExporter({ file, scheduler, recording }: Film): Exporter {
  const { config, steps, finding } = recording;
  const machines = new Set(config.machines.map((_, id) => id));
  for (const { timed } of steps) if (timed.stimulus.type === 'join') machines.add(timed.stimulus.machine);
  const where = new Map<number, string>();
  const disks = config.paging === undefined ? null : new Disks();
  return {
    head: () => {
      const shards = Array.from({ length: config.shards }, (_, id) => participant(`S${id}`, `shard ${id}`));
      const lives = [...machines].flatMap((id) => [
        participant(`M${id}`, `machine ${id}`),
        ...(disks === null ? [] : [participant(`D${id}`, `disk of machine ${id}`)]),
      ]);
      const origin = `  %% ${printable(`${file}, played by ${scheduler}`)}`;
      return ['sequenceDiagram', origin, participant(CLIENTS, 'clients'), ...shards, ...lives, ''].join('\n');
    },
    moment(moment) {
      if (moment.isAftermath) return '';
      const lines = linesOf(moment, where, disks);
      const isWrong = finding !== null && Math.min(finding.step, steps.length) === moment.step;
      if (isWrong)
        lines.push(`Note over ${CLIENTS}: ${escaped(`violates ${finding.property}: ${finding.entity}`)}`);
      for (const { id, machine, shard } of moment.invocations) {
        where.set(id, machine === null ? `S${shard}` : `M${machine}`);
      }
      for (const [id] of moment.ended) where.delete(id);
      return lines.map((line) => `  ${line}\n`).join('');
    },
    tail: () => '',
  };
}

const CLIENTS = 'C';

function participant(id: string, name: string): string {
  return `  participant ${id} as ${name}`;
}

/** The disks that work, as the diagram says. */
class Disks {
  private readonly working = new Set<string>();

  /** A disk begins to work, unless it does. */
  begin(machine: string): string[] {
    if (this.working.has(machine)) return [];
    this.working.add(machine);
    return [`activate ${diskOf(machine)}`];
  }

  end(machine: string): string[] {
    return this.working.delete(machine) ? [`deactivate ${diskOf(machine)}`] : [];
  }

  /** What a step leaves in flight, and what it does not: it may be lost with its machine, and a film may begin later. */
  settle({ machines }: Moment): string[] {
    return machines.flatMap(({ id, transfer }) => {
      const machine = `M${id}`;
      if (transfer === null) {
        const isLost = this.working.has(machine);
        return isLost ? [`Note over ${diskOf(machine)}: lost with its machine`, ...this.end(machine)] : [];
      }
      return this.begin(machine);
    });
  }
}

function diskOf(machine: string): string {
  return machine.replace('M', 'D');
}

function linesOf(moment: Moment, where: Map<number, string>, disks: Disks | null): string[] {
  const { step, timed, decisions, invocations } = moment;
  // Who has arrived in this step is known only after it.
  for (const { id, shard } of invocations) if (!where.has(id)) where.set(id, `S${shard}`);
  const { stimulus } = timed;
  const lines = [
    `Note over ${CLIENTS}: ${escaped(`step ${step}, ${timed.at} ms${decisions === null ? ', left out: not possible here' : ''}`)}`,
    arrivalOf(stimulus, where),
  ];
  if (stimulus.type === 'paged') lines.push(...(disks?.end(`M${stimulus.machine}`) ?? []));
  for (const marked of decisions ?? []) lines.push(...linesOfDecision(marked, where, disks));
  return disks === null ? lines : [...lines, ...disks.settle(moment)];
}

/** A stimulus comes from the clients, and the end of a transfer from the disk. */
function arrivalOf(stimulus: Stimulus, where: Map<number, string>): string {
  const words = wordsOfStimulus(stimulus);
  if (stimulus.type === 'paged') return arrow(`D${stimulus.machine}`, '-->>', `M${stimulus.machine}`, words);
  return arrow(CLIENTS, '->>', targetOf(stimulus, where), words);
}

function linesOfDecision(marked: MarkedDecision, where: Map<number, string>, disks: Disks | null): string[] {
  const { decision, mark } = marked;
  const isTransfer = disks !== null && (decision.type === 'pageOut' || decision.type === 'pageIn');
  const machine = isTransfer ? where.get(decision.id) : undefined;
  if (!isTransfer || machine?.startsWith('M') !== true) return [lineOf(marked, where)];
  const words = mark === 'taken' ? wordsOfDecision(decision) : `${wordsOfDecision(decision)} (${mark})`;
  const line = arrow(machine, mark === 'taken' ? '->>' : '-x', diskOf(machine), words);
  return [line, ...(mark === 'taken' ? disks.begin(machine) : [])];
}

function lineOf({ decision, mark }: MarkedDecision, where: Map<number, string>): string {
  const taken = mark === 'taken';
  const [from, to] = waysOf(decision, where);
  if (taken && decision.type === 'place') where.set(decision.id, `M${decision.machine}`);
  const words = taken ? wordsOfDecision(decision) : `${wordsOfDecision(decision)} (${mark})`;
  return arrow(from, taken ? (to === CLIENTS ? '-->>' : '->>') : '-x', to, words);
}

/** Who hears of a stimulus. */
function targetOf(stimulus: Stimulus, where: Map<number, string>): string {
  if (stimulus.type === 'call') return where.get(stimulus.caller) ?? CLIENTS;
  if ('shard' in stimulus) return `S${stimulus.shard}`;
  if ('machine' in stimulus) return `M${stimulus.machine}`;
  if ('id' in stimulus) return where.get(stimulus.id) ?? CLIENTS;
  return CLIENTS;
}

/** From whom a decision goes to whom. */
function waysOf(decision: Decision, where: Map<number, string>): [string, string] {
  switch (decision.type) {
    case 'place':
      return [`S${decision.shard}`, `M${decision.machine}`];
    case 'list':
    case 'relist':
    case 'unlist':
      return [`M${decision.machine}`, `S${decision.shard}`];
    case 'enqueue':
      return [`S${decision.shard}`, `S${decision.shard}`];
    case 'throttle':
    case 'complete':
    case 'kill':
    case 'cancel':
      return [where.get(decision.id) ?? CLIENTS, CLIENTS];
    case 'reserve':
    case 'release':
    case 'refuse':
      return [where.get(decision.id) ?? CLIENTS, `M${decision.machine}`];
    case 'probe':
    case 'forget':
      return [`S${decision.shard}`, `M${decision.machine}`];
    default: {
      const place = where.get(decision.id) ?? CLIENTS;
      return [place, place];
    }
  }
}

function arrow(from: string, line: string, to: string, words: string): string {
  return `${from}${line}${to}: ${escaped(words)}`;
}

/** Text in which nothing is taken for syntax, whatever functions are called: what is not plain stands as a character code. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,()_:/-]/gu, (character) => `#${character.codePointAt(0)};`);
}
