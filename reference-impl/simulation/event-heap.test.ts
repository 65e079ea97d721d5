import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { EventHeap, type Scheduled } from './event-heap.ts';

interface Event extends Scheduled {
  name: number;
}

const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ add: fc.nat({ max: 9 }), precedence: fc.nat({ max: 2 }) }) },
  fc.record({ remove: fc.nat() }),
  fc.constant('pop' as const),
);

test.prop([fc.array(action, { maxLength: 60 })])(
  'events come out by time, then precedence, then as they were added, whichever were taken out meanwhile',
  (actions) => {
    const heap = new EventHeap<Event>();
    const expected: Event[] = [];
    const inOrder = (a: Event, b: Event) => a.atMs - b.atMs || a.precedence - b.precedence || a.name - b.name;
    actions.forEach((step, name) => {
      if (step === 'pop') {
        const first = expected.toSorted(inOrder)[0];
        expect(heap.pop()).toBe(first);
        if (first !== undefined) expected.splice(expected.indexOf(first), 1);
      } else if ('add' in step) {
        const event = { name, atMs: 0, precedence: step.precedence, sequence: 0, heapIndex: -1 };
        heap.add(event, step.add);
        expected.push(event);
      } else if (expected.length > 0) {
        const [event] = expected.splice(step.remove % expected.length, 1);
        heap.remove(event!);
        heap.remove(event!);
      }
      expect(heap.size).toBe(expected.length);
    });
    const rest: Event[] = [];
    for (let event = heap.pop(); event !== undefined; event = heap.pop()) rest.push(event);
    expect(rest.map(({ name }) => name)).toEqual(expected.toSorted(inOrder).map(({ name }) => name));
  },
);
