import type { OnRequestId, Property } from '../property.ts';

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
];
