import { BEING, HOST, isHost, lives, type Resident, residentCalled } from '../encoding/entities.ts';
import { type Rules, XX } from '../encoding/rules.ts';
import { after, beginning, takes, type Walk } from '../encoding/walk.ts';
import type { Living, Situation } from '../scenarios/situation.ts';
import type { Values } from '../terms/evaluate.ts';
import type { Assertion } from '../terms/smt-lib.ts';
import {
  and,
  atMost,
  type Bool,
  differ,
  equal,
  type Int,
  int,
  lessThan,
  minus,
  not,
  or,
  plus,
} from '../terms/term.ts';
import { type Example, numberOf } from './weakening.ts';

/** A machine on which a few live, as the weakened rules walk over them. */
export interface Crowd {
  /** In the order of the walk. */
  readonly live: readonly Resident[];
  readonly takes: readonly Bool[];
  /** The walk before each of them, and at its end. */
  readonly walks: readonly Walk[];
  readonly end: Walk;
}

export interface MachineExample {
  readonly words: string;
  readonly rules: Rules;
  readonly count: number;
  /** What must be so, beside what is true of every machine; most of it is what is wrong. */
  readonly wrong: (crowd: Crowd) => readonly Bool[];
  /** The most cores, MB and classes; small unless given. */
  readonly most?: number;
  readonly passersBy?: number;
}

/** A question about one machine on which `count` live; its answer is a situation. */
export function machineExample(example: MachineExample): Example {
  const { words, rules, count, wrong, most = 4, passersBy = 0 } = example;
  const live = Array.from({ length: count }, (_, place) => residentCalled(`i${place}`));
  const walks: Walk[] = [beginning(int(most))];
  const taken: Bool[] = [];
  for (const one of live) {
    const walk = walks.at(-1)!;
    taken.push(takes(rules, HOST, walk, one));
    walks.push(after(rules, HOST, walk, one));
  }
  const ranked = live.slice(1).map((one, place) => rules.ranksBelow(one, live[place]!));
  const crowd: Crowd = { live, takes: taken, walks, end: walks.at(-1)! };
  const assertions: Assertion[] = [
    { words: 'there is a machine', term: isHost(HOST) },
    {
      words: 'it is small',
      term: and(...[HOST.cores, HOST.ram, HOST.swap].map((size) => atMost(size, int(most)))),
    },
    { words: 'all live there', term: and(...live.map(lives)) },
    {
      words: 'nobody is about to end, and who could run is ready',
      term: and(
        ...live.map(({ being }) => or(equal(being, int(BEING.ready)), equal(being, int(BEING.blocked)))),
      ),
    },
    { words: 'there are three classes', term: and(...live.map((one) => atMost(one.class, int(2)))) },
    {
      words: 'they have arrived one after the other',
      term: and(
        ...live.map(({ arrival }) => and(atMost(int(0), arrival), lessThan(arrival, int(count)))),
        ...live.flatMap((one, place) =>
          live.slice(place + 1).map((other) => differ(one.arrival, other.arrival)),
        ),
      ),
    },
    { words: 'the walk meets them by rank', term: and(...ranked) },
    { words, term: and(...wrong(crowd)) },
  ];
  return { words, assertions, situation: (values) => situationOf(values, count), passersBy };
}

function situationOf(values: Values, count: number): Situation {
  const order = Array.from({ length: count }, (_, place) => `i${place}`);
  order.sort((one, other) => numberOf(values, `${one}.arrival`) - numberOf(values, `${other}.arrival`));
  const ramMb = numberOf(values, 'ram');
  return {
    cores: numberOf(values, 'cores'),
    ramMb,
    swapMb: numberOf(values, 'swap'),
    antagonistMb: ramMb - numberOf(values, 'usable'),
    live: order.map(
      (name): Living => ({
        class: numberOf(values, `${name}.class`),
        demandMb: numberOf(values, `${name}.demand`),
        residentMb: numberOf(values, `${name}.resident`),
        isBlocked: numberOf(values, `${name}.being`) === BEING.blocked,
      }),
    ),
  };
}

/** All of them are wholly in RAM. */
export const allWhole = ({ live }: Crowd): Bool =>
  and(...live.map(({ demand, resident }) => equal(demand, resident)));

/** All of them are wholly in RAM, and there was room for that before the antagonist came. */
export const couldBeWhole = (crowd: Crowd): Bool =>
  and(allWhole(crowd), atMost(sumOf(crowd.live.map(({ demand }) => demand)), HOST.ram));

/** Nobody must be killed. */
export const nobodyDies = ({ live }: Crowd): Bool => {
  const all = sumOf(live.map(({ demand }) => demand));
  return and(not(XX.isOverfull(all, HOST)), ...live.map(({ demand }) => not(XX.exceeds(demand, HOST))));
};

const sumOf = (terms: readonly Int[]): Int => plus(...terms);

/** There is no antagonist. */
export const noAntagonist: Bool = equal(HOST.usable, HOST.ram);

/** R + lack − RAM′, at the end of the walk. */
export const overAtEnd = ({ end }: Crowd) => minus(plus(end.taken, end.rest), HOST.usable);
