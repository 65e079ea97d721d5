import type { OnRequestId, Property } from '../property.ts';
import { PROMISES } from './peers/index.ts';

/**
 * What is judged only where it is named, as with `--property`: aims of the paper that XX reaches in part, and promises
 * that other schedulers make. Each has a checker of its own in this folder.
 */
export const ON_REQUEST: readonly (Property<OnRequestId> & { readonly onRequest: true })[] = [
  {
    id: 'no-crowding-on-a-machine',
    name: 'no crowding on a machine',
    sentence:
      'No invocation that could have a core and its memory waits, or shares a core, while one of a lower class runs on its machine.',
    kind: 'safety',
    section: '2',
    premise:
      'somebody on a machine waits, or shares a core, whose memory fits beside that of its own class and higher ones',
    onRequest: true,
    rules: ['run-the-highest'],
    judgedIn: 'properties/on-request/crowding.ts',
  },
  {
    id: 'no-crowding-across-machines',
    name: 'no crowding across machines',
    sentence:
      'No time passes while an invocation on a machine waits, or shares a core, and on some machine that is up one of a lower class runs, or holds RAM without which there is not enough for it, where it would fit beside its own class and higher ones.',
    kind: 'safety',
    section: '2',
    premise:
      'time passes while somebody on a machine waits, or shares a core, who would fit into the RAM of a machine beside its own class and higher ones',
    onRequest: true,
    rules: [],
    judgedIn: 'properties/on-request/crowding-in-the-cluster.ts',
  },
  {
    id: 'no-crowding',
    name: 'no crowding in the cluster',
    sentence:
      'No time passes while an invocation waits on a machine, or shares a core, or is queued although a turn of its shard went to a lower class or to nobody, and on some machine that is up one of a lower class runs, or holds RAM without which there is not enough for it, where it would fit beside its own class and higher ones.',
    kind: 'safety',
    section: '2',
    premise:
      'time passes while somebody waits on a machine, shares a core, or has missed a turn, who would fit into the RAM of a machine beside its own class and higher ones',
    onRequest: true,
    rules: [],
    judgedIn: 'properties/on-request/crowding-in-the-cluster.ts',
  },
  {
    id: 'bounded-preemption',
    name: 'bounded preemption',
    sentence:
      'While it lives on a machine, an invocation is preempted no more often than things happen there that can take its core: each of its class or a higher one that it finds when it comes or wakes; each of a higher class that comes or wakes; each change of its own demand, of that of one not lower, or of the antagonist. And, unless it is larger than what the antagonist leaves, it loses RAM to swap in no more steps than that, with its own coming, each of its own class that comes or wakes, and those that it finds when it blocks.',
    kind: 'safety',
    section: '3.2',
    premise: 'somebody is preempted, or one that could run loses RAM to swap',
    onRequest: true,
    rules: ['preempt-outranked', 'page-out-lowest', 'run-the-highest'],
    judgedIn: 'properties/on-request/preemption.ts',
  },
  {
    id: 'places-nobody-in-vain',
    name: 'places nobody in vain',
    sentence: 'An invocation whose client has given up is not placed any more.',
    kind: 'safety',
    section: '3.2',
    premise:
      'the client of an invocation that is queued gives up, or that of one that is placed has given up',
    onRequest: true,
    rules: [],
    judgedIn: 'properties/on-request/in-vain.ts',
  },
  ...PROMISES.map(({ property }) => property),
];
