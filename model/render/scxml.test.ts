import { describe, expect, test } from 'vitest';
import type { Transition } from '../table.ts';
import { scxml } from './scxml.ts';
import { CHART_VIEWS, type ChartView, type RegionView, type StateView } from './views.ts';

/** What the W3C recommendation lets an element have: attributes, those that it must have, and children. */
interface Content {
  attributes: readonly string[];
  required: readonly string[];
  children: readonly string[];
}

/** The content model of State Chart XML 1.0, sections 3.2 to 3.7, as far as charts without actions need it. */
const CONTENT: Record<string, Content> = {
  scxml: {
    attributes: ['xmlns', 'version', 'datamodel', 'binding', 'name', 'initial'],
    required: ['xmlns', 'version'],
    children: ['state', 'parallel', 'final', 'datamodel', 'script'],
  },
  state: {
    attributes: ['id', 'initial'],
    required: [],
    children: ['onentry', 'onexit', 'transition', 'initial', 'state', 'parallel', 'final', 'history'],
  },
  parallel: {
    attributes: ['id'],
    required: [],
    children: ['onentry', 'onexit', 'transition', 'state', 'parallel', 'history'],
  },
  final: { attributes: ['id'], required: [], children: ['onentry', 'onexit', 'donedata'] },
  transition: { attributes: ['event', 'cond', 'target', 'type'], required: [], children: [] },
};

const NCNAME = /^[A-Za-z_][\w.-]*$/;
const EVENT_DESCRIPTOR = /^[\w-]+(\.[\w-]+)*$/;

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
}

/** Reads the little XML that the export writes; throws at anything else. */
function parse(text: string): Element {
  const document: Element = { name: '', attributes: {}, children: [] };
  const open = [document];
  let at = 0;
  const token =
    /\s+|<\?xml version="1\.0" encoding="UTF-8"\?>|<!--(?:(?!--)[\s\S])*-->|<\/(\w+)>|<(\w+)((?: \w+="[^"<&]*")*)(\/?)>/y;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) throw new Error(`not well-formed at ${text.slice(at, at + 60)}`);
    at = token.lastIndex;
    const [, closed, name, attributes, empty] = match;
    if (closed !== undefined && open.pop()!.name !== closed) throw new Error(`</${closed}> closes another`);
    if (name === undefined) continue;
    const element: Element = { name, attributes: {}, children: [] };
    for (const [, key, value] of attributes!.matchAll(/ (\w+)="([^"]*)"/g)) {
      if (key! in element.attributes) throw new Error(`${name} has ${key} twice`);
      element.attributes[key!] = value!;
    }
    open.at(-1)!.children.push(element);
    if (empty === '') open.push(element);
  }
  if (open.length !== 1 || document.children.length !== 1) throw new Error('not one root, closed');
  return document.children[0]!;
}

function* allOf(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* allOf(child);
}

function* transitionsBelow(element: Element, source = ''): Generator<Partial<Transition>> {
  for (const child of element.children) {
    if (child.name !== 'transition') yield* transitionsBelow(child, child.attributes.id);
    else {
      const { event, target, cond } = child.attributes;
      const guard = cond === undefined ? 'always' : /^_event\.data\.holds\['([a-z-]+)'\]$/.exec(cond)![1];
      yield { source, event, target, guard } as Partial<Transition>;
    }
  }
}

describe.each(CHART_VIEWS.map((view) => [view.name, view] as const))('the SCXML of %s', (_name, view) => {
  const root = parse(scxml(view));
  const elements = [...allOf(root)];
  const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);

  test('nests elements and names attributes as the schema says', () => {
    expect(root.name).toBe('scxml');
    for (const { name, attributes, children } of elements) {
      const content = CONTENT[name]!;
      expect(content.attributes, name).toEqual(expect.arrayContaining(Object.keys(attributes)));
      expect(Object.keys(attributes), name).toEqual(expect.arrayContaining([...content.required]));
      for (const child of children) expect(content.children, name).toContain(child.name);
    }
  });

  test('is of the namespace and the version, and of a data model in which its conditions mean something', () => {
    expect(root.attributes).toMatchObject({
      xmlns: 'http://www.w3.org/2005/07/scxml',
      version: '1.0',
      datamodel: 'ecmascript',
    });
  });

  test('has ids that are names, each once, and refers to nothing else', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(NCNAME);
    for (const { attributes } of elements) {
      for (const reference of [attributes.initial, attributes.target])
        if (reference !== undefined) expect(ids).toContain(reference);
    }
  });

  test('begins a compound state in one of its own children', () => {
    const compound = elements.filter(({ attributes }) => attributes.initial !== undefined);
    // The document begins in its first state, or in the one that holds all regions; so does each of these, and each group.
    const groups = view.regions.flatMap((region) => region.groups);
    expect(compound).toHaveLength(1 + (view.regions.length === 1 ? 0 : view.regions.length) + groups.length);
    for (const { attributes, children } of compound) {
      expect(children.map((child) => child.attributes.id)).toContain(attributes.initial);
    }
  });

  test('has event descriptors and types that the schema allows', () => {
    for (const { name, attributes } of elements) {
      if (name !== 'transition') continue;
      expect(attributes.event).toMatch(EVENT_DESCRIPTOR);
      expect(['internal', 'external', undefined]).toContain(attributes.type);
    }
  });

  test('says what the chart says: every state, every transition, in its order', () => {
    expect(ids.toSorted()).toEqual(idsOf(view).toSorted());
    expect([...transitionsBelow(root)]).toEqual(view.regions.flatMap(declared));
  });

  test('has the superstates of the chart, around the states in them', () => {
    const groups = view.regions.flatMap((region) => region.groups);
    for (const { name, initial, states } of groups) {
      const element = elements.find(({ attributes }) => attributes.id === name)!;
      expect(element.attributes.initial).toBe(initial);
      expect(element.children.flatMap(({ attributes }) => attributes.id ?? [])).toEqual(states);
    }
    const holding = elements.filter(
      ({ name, attributes, children }) =>
        name === 'state' &&
        !view.regions.some((region) => region.name === attributes.id) &&
        children.some((child) => child.name === 'state'),
    );
    expect(holding.map(({ attributes }) => attributes.id)).toEqual(groups.map(({ name }) => name));
  });
});

/** Each transition where it is declared; those of a superstate once, then those of the states in it. */
function declared({ states, groups }: RegionView): Partial<Transition>[] {
  const by = (state: StateView, declaredBy: string) =>
    state.transitions.filter((transition) => transition.declaredBy === declaredBy);
  const transitions = states.flatMap((state) => {
    const group = groups.find((candidate) => candidate.states.includes(state.name));
    if (group === undefined) return by(state, state.name);
    const members = states.filter(({ name }) => group.states.includes(name));
    if (members[0] !== state) return [];
    return [...by(state, group.name), ...members.flatMap((member) => by(member, member.name))];
  });
  return transitions.map(({ declaredBy: source, event, target, guard }) => ({
    source,
    event,
    target,
    guard,
  }));
}

function idsOf({ name, regions }: ChartView): string[] {
  const states = regions.flatMap((region) => [...region.states, ...region.groups].map((state) => state.name));
  return regions.length === 1 ? states : [name, ...regions.map((region) => region.name), ...states];
}

test('the reader of these tests refuses what is not well-formed', () => {
  for (const text of ['<a>', '<a></b>', '<a x="1" x="2"/>', '<a><!-- -- --></a>', '<a b="<"/>', '<a/><b/>']) {
    expect(() => parse(text)).toThrow();
  }
});
