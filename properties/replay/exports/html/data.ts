import { wordsOfDecision, wordsOfStimulus } from '../../../../model/render/words.ts';
import { CATALOGUE } from '../../../catalogue.ts';
import { doingOf } from '../../doing.ts';
import type { Film, MachineThen, Moment } from '../../moment.ts';

/** What the page knows of a replay: words and lengths of bars, so that its script has nothing to work out. */
export interface PageData {
  readonly file: string;
  readonly scheduler: string;
  /** Columns of the queues, the cheapest first. */
  readonly classes: readonly string[];
  readonly steps: readonly StepShown[];
  readonly finding: FindingShown | null;
}

export interface StepShown {
  readonly step: number;
  readonly at: number;
  readonly stimulus: string;
  /** Null when it was left out. */
  readonly decisions: readonly string[] | null;
  readonly machines: readonly MachineShown[];
  /** Machines that are up and hold nobody, of which nothing is told. */
  readonly otherMachines: number;
  readonly queues: readonly { readonly shard: number; readonly classes: readonly (readonly number[])[] }[];
}

export interface MachineShown {
  readonly id: number;
  readonly availability: string;
  readonly cores: string;
  /** In MB. */
  readonly ram: { readonly of: number; readonly resident: number; readonly antagonist: number };
  readonly swap: { readonly of: number; readonly swapped: number };
  readonly people: readonly {
    readonly id: number;
    readonly class: string;
    readonly doing: string;
    readonly memory: string;
  }[];
}

export interface FindingShown {
  readonly step: number;
  readonly property: string;
  readonly rule: string | null;
  readonly sentence: string;
  readonly section: string;
  readonly message: string;
  /** What was permitted instead; null when no rule refused a step, empty when nothing more was permitted. */
  readonly allowed: readonly string[] | null;
}

export function pageData(film: Film): PageData {
  const { file, scheduler, config, moments } = film;
  return {
    file,
    scheduler,
    classes: config.classes.map(({ name }) => name),
    steps: moments.map((moment) => stepShown(moment, film)),
    finding: findingShown(film),
  };
}

function stepShown(moment: Moment, film: Film): StepShown {
  const { step, timed, decisions, machines, shards } = moment;
  const busy = machines.filter(({ live, availability, antagonist }) => {
    return live.length > 0 || availability !== 'up' || antagonist > 0;
  });
  const told = busy.length === 0 ? machines.slice(0, 1) : busy;
  return {
    step,
    at: timed.at,
    stimulus: wordsOfStimulus(timed.stimulus),
    decisions: decisions?.map(wordsOfDecision) ?? null,
    machines: told.map((machine) => machineShown(machine, moment, film)),
    otherMachines: machines.length - told.length,
    queues: shards.flatMap(({ queues }, shard) => {
      return queues.some((queue) => queue.length > 0) ? [{ shard, classes: queues }] : [];
    }),
  };
}

function machineShown(machine: MachineThen, { invocations }: Moment, { config }: Film): MachineShown {
  const { id, availability, cores, ram, swap, antagonist, demand, resident, live } = machine;
  const people = live.flatMap((who) => invocations.find((invocation) => invocation.id === who) ?? []);
  return {
    id,
    availability,
    cores: `${people.filter((who) => doingOf(who) === 'running').length} of ${cores}`,
    ram: { of: ram, resident, antagonist: Math.min(antagonist, ram) },
    swap: { of: swap, swapped: demand - resident },
    people: people.map((who) => ({
      id: who.id,
      class: config.classes[who.class]!.name,
      doing: who.resident < who.demand ? `${who.phase}, swapped out` : who.phase,
      memory: who.resident === who.demand ? `${who.demand} MB` : `${who.resident} of ${who.demand} MB`,
    })),
  };
}

function findingShown({ finding, moments }: Film): FindingShown | null {
  if (finding === null) return null;
  const { property, rule, step, message } = finding;
  const { sentence, section } = CATALOGUE.find(({ id }) => id === property)!;
  const allowed = moments.find((moment) => moment.step === step)?.allowed ?? null;
  return { step, property, rule, sentence, section, message, allowed: allowed?.map(wordsOfDecision) ?? null };
}
