import { GUARDS } from '../statecharts/guards.ts';
import type { Transition } from '../table.ts';
import { code, markdownTable } from './markdown.ts';
import type { RegionView } from './views.ts';

/** Tables of a chart in Markdown, for its page. */

/** The states of a region: what each means. */
export function stateTable({ initial, states }: RegionView): string {
  return markdownTable(
    ['state', 'meaning', 'leads to'],
    states.map(({ name, description, final, withinAStep, transitions }) => [
      code(name),
      `${name === initial ? '(initial) ' : ''}${final ? '(final) ' : ''}${withinAStep ? '(within a step) ' : ''}${description}`,
      targetsOf(name, transitions),
    ]),
  );
}

function targetsOf(name: string, transitions: readonly Transition[]): string {
  const targets = new Set(transitions.map(({ target }) => target).filter((target) => target !== name));
  return targets.size === 0 ? '–' : [...targets].map(code).join(', ');
}

/** What the page of a chart adds to a transition: links to what speaks of it. */
export interface TransitionLinks {
  readonly rules: string;
  readonly properties: string;
}

/** The transitions of a region, in the order of the chart. */
export function transitionTable(
  { states }: RegionView,
  linksOf: (transition: Transition) => TransitionLinks,
): string {
  const transitions = states.flatMap((state) => state.transitions);
  return markdownTable(
    ['event', 'from → to', 'guard', 'effect', 'rule', '§', 'properties'],
    transitions.map((transition) => {
      const { event, guard, description, section } = transition;
      const { rules, properties } = linksOf(transition);
      return [
        code(event),
        fromTo(transition),
        guard === 'always' ? '–' : `${code(guard)}: ${GUARDS[guard]}`,
        description,
        rules,
        section,
        properties,
      ];
    }),
  );
}

/** The transitions of a region that are possible and always wrong; null when it has none. */
export function wrongTransitionTable(
  { states }: RegionView,
  linksOf: (transition: Transition) => string,
): string | null {
  const transitions = states.flatMap(({ wrong }) => wrong);
  if (transitions.length === 0) return null;
  return markdownTable(
    ['event', 'from → to', 'refused by', 'what it means'],
    transitions.map((transition) => [
      code(transition.event),
      fromTo(transition),
      linksOf(transition),
      transition.description,
    ]),
  );
}

/** The transitions of optional words in a region of a chart of XX; null when it has none. */
export function optionalTransitionTable(
  { states }: RegionView,
  linksOf: (transition: Transition) => string,
): string | null {
  const transitions = states.flatMap(({ optional }) => optional);
  if (transitions.length === 0) return null;
  return markdownTable(
    ['words', 'event', 'from → to', 'guard', 'XX refuses it by', 'what it means'],
    transitions.map((transition) => [
      code(transition.words!),
      code(transition.event),
      fromTo(transition),
      ['always', 'not-of-xx'].includes(transition.guard) ? '–' : code(transition.guard),
      linksOf(transition),
      transition.description,
    ]),
  );
}

function fromTo({ source, target }: Transition): string {
  return `${code(source)} → ${source === target ? 'itself' : code(target)}`;
}
