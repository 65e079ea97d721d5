import { counted } from '../../../../model/counted.ts';
import { wordsOfDecision, wordsOfStimulus } from '../../../../model/words.ts';
import { CATALOGUE } from '../../../catalogue.ts';
import type { Mark } from '../../frames.ts';
import type { Film, LiveInvocation, MachineThen, Moment, ShardThen, TenantThen } from '../../moment.ts';

/** What the page knows of a replay: words and lengths of bars, so that its script has nothing to work out. */
export interface PageData extends PageHead {
  readonly steps: readonly StepShown[];
}

export interface PageHead {
  readonly file: string;
  readonly scheduler: string;
  /** Columns of the queues, the cheapest first. */
  readonly classes: readonly string[];
  /** How many steps were played; the page may show fewer. */
  readonly played: number;
  readonly finding: FindingShown | null;
}

/** A step. Of machines, shards and tenants it tells those that differ from the step before: null is no longer told. */
export interface StepShown {
  readonly step: number;
  readonly at: number;
  readonly stimulus: string;
  /** Null when it was left out. */
  readonly decisions: readonly (readonly [Mark, string])[] | null;
  readonly isAftermath: boolean;
  readonly machines: Changes<MachineShown>;
  /** The machine to look at first; null where it is no one. */
  readonly first: number | null;
  /** Machines that are up and hold nothing: they are only counted. */
  readonly otherMachines: number;
  readonly shards: Changes<ShardShown>;
  readonly tenants: Changes<TenantShown>;
  /** Everything about the entity of the verdict, at the step that fails. */
  readonly about: readonly string[];
}

export type Changes<Shown> = { readonly [id: number]: Shown | null };

export interface MachineShown {
  readonly availability: string;
  readonly cores: string;
  /** In MB. */
  readonly ram: { readonly of: number; readonly resident: number; readonly antagonist: number };
  readonly swap: { readonly of: number; readonly swapped: number };
  /** What an idle list says of it. */
  readonly entry: string | null;
  readonly people: readonly {
    readonly id: number;
    readonly function: string;
    readonly class: string;
    readonly tenant: number;
    readonly doing: string;
    readonly memory: string;
  }[];
}

export interface ShardShown {
  /** For each class, those that have waited longest, and how many more wait. */
  readonly queues: readonly { readonly ids: readonly number[]; readonly more: number }[];
  readonly idle: readonly string[];
}

/** In pico-cents and ms. */
export interface TenantShown {
  readonly budget: number;
  readonly spent: number;
  readonly period: number;
}

export interface FindingShown {
  readonly step: number;
  readonly property: string;
  readonly rule: string | null;
  readonly entity: string;
  readonly sentence: string;
  readonly section: string;
  readonly message: string;
  readonly falls: readonly string[];
  /** What was permitted instead; null when no rule refused a step, empty when nothing more was permitted. */
  readonly allowed: readonly string[] | null;
}

export function pageHead({ file, scheduler, recording }: Film): PageHead {
  const classes = recording.config.classes.map(({ name }) => name);
  const played = recording.steps.length;
  return { file, scheduler, classes, played, finding: findingShown(recording) };
}

function findingShown({ finding, violation }: Film['recording']): FindingShown | null {
  if (finding === null) return null;
  const { property, rule, step, entity, message, falls } = finding;
  const { sentence, section } = CATALOGUE.find(({ id }) => id === property)!;
  return {
    ...{ step, property, rule, entity, sentence, section, message },
    falls: falls.map((fallen) => `${fallen.property}: ${fallen.message}`),
    allowed: violation === null ? null : violation.allowed.map(wordsOfDecision),
  };
}

/** Tells of each moment what has changed since the one before. */
export class PageSteps {
  private readonly film: Film;
  private readonly machines = new ChangesOf<MachineShown>();
  private readonly shards = new ChangesOf<ShardShown>();
  private readonly tenants = new ChangesOf<TenantShown>();

  constructor(film: Film) {
    this.film = film;
  }

  shown(moment: Moment): StepShown {
    const { step, timed, decisions, isAftermath, machines, shards, tenants } = moment;
    const { classes } = this.film.recording.config;
    const nameOf = (index: number): string => classes[index]?.name ?? String(index);
    const told = machines.filter(({ live, availability, antagonist, id }) => {
      return live.length > 0 || availability !== 'up' || antagonist > 0 || id === moment.place.machine;
    });
    const shown = told.length === 0 ? machines.slice(0, 1) : told;
    const living = new Map(moment.invocations.map((invocation) => [invocation.id, invocation]));
    return {
      step,
      at: timed.at,
      stimulus: wordsOfStimulus(timed.stimulus),
      decisions: decisions?.map(({ decision, mark }) => [mark, wordsOfDecision(decision)] as const) ?? null,
      isAftermath,
      machines: this.machines.since(shown.map((one) => [one.id, machineShown(one, living, nameOf)])),
      first: moment.place.machine,
      otherMachines: machines.length - shown.length,
      shards: this.shards.since(
        shards.flatMap((shard, id) => (isIdle(shard) ? [] : [[id, shardShown(shard, machines)]])),
      ),
      tenants: this.tenants.since(
        tenants.flatMap((tenant, id) => (tenant.budget === null ? [] : [[id, tenantShown(tenant)]])),
      ),
      about: moment.about,
    };
  }
}

/** What changes from one step to the next, among things that have ids. */
class ChangesOf<Shown> {
  private before = new Map<number, string>();

  since(now: readonly (readonly [number, Shown])[]): Changes<Shown> {
    const written = new Map<number, string>();
    const changes: Record<number, Shown | null> = {};
    for (const [id, shown] of now) {
      const text = JSON.stringify(shown);
      written.set(id, text);
      if (this.before.get(id) !== text) changes[id] = shown;
    }
    for (const id of this.before.keys()) if (!written.has(id)) changes[id] = null;
    this.before = written;
    return changes;
  }
}

function machineShown(
  { availability, cores, running, ram, swap, antagonist, demand, resident, live, entry }: MachineThen,
  living: ReadonlyMap<number, LiveInvocation>,
  nameOf: (index: number) => string,
): MachineShown {
  return {
    availability,
    cores: `${running} running on ${counted(cores, 'core')}`,
    ram: { of: ram, resident, antagonist: Math.min(antagonist, ram) },
    swap: { of: swap, swapped: demand - resident },
    entry:
      entry === null
        ? null
        : `on the idle list of shard ${entry.shard} with ${entry.available} MB and ${counted(entry.functions, 'function')}`,
    people: live.map((id) => {
      const who = living.get(id)!;
      return {
        id,
        function: who.function,
        class: `${nameOf(who.class)}${who.degraded ? ', degraded' : ''}`,
        tenant: who.tenant,
        doing: `${who.phase}${who.callee === null ? '' : ` on ${who.callee}`}${who.resident < who.demand ? ', swapped out' : ''}`,
        memory: who.resident === who.demand ? `${who.demand} MB` : `${who.resident} of ${who.demand} MB`,
      };
    }),
  };
}

function isIdle({ queues, listed }: ShardThen): boolean {
  return listed.length === 0 && queues.every((queue) => queue.length === 0);
}

function shardShown({ queues, listed }: ShardThen, machines: readonly MachineThen[]): ShardShown {
  return {
    queues: queues.map((ids) => ({
      ids: ids.slice(0, MOST_QUEUED),
      more: Math.max(0, ids.length - MOST_QUEUED),
    })),
    idle: listed.map((id) => {
      const { available, functions } = machines[id]!.entry!;
      return `machine ${id} (${available} MB, ${counted(functions, 'function')})`;
    }),
  };
}

function tenantShown({ budget, spent, period }: TenantThen): TenantShown {
  return { budget: budget!, spent, period };
}

/** The rest of a queue is only counted: nobody reads further than this. */
const MOST_QUEUED = 24;
