import ElkModule, { type ELK, type ElkExtendedEdge, type ElkNode } from 'elkjs';
import { CHART_VIEWS, type RegionView } from '../../model/render/views.ts';
import { TABLES, type Table, type Transition } from '../../model/table.ts';
import { escaped } from './html.ts';

/** The statecharts as pictures, laid out from the tables, with some of their transitions lit. */

// The module is CommonJS, and its types describe it as if it were not.
const Elk = ElkModule as unknown as new () => ELK;

interface Arrow {
  readonly from: string;
  readonly to: string;
  /** What is written along it, a line for each transition. */
  readonly lines: readonly { readonly text: string; readonly transition: Transition }[];
  readonly points: readonly (readonly [number, number])[];
  readonly label: { readonly x: number; readonly y: number; readonly width: number };
}

export interface Layout {
  readonly table: Table;
  readonly width: number;
  readonly height: number;
  readonly states: readonly Box[];
  /** Frames around states that share transitions. */
  readonly groups: readonly Box[];
  /** States that last only within a step. */
  readonly passing: ReadonlySet<string>;
  readonly arrows: readonly Arrow[];
}

interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const LINE = 14;
/** Of a letter of a label that is lit, and so bold. */
const LETTER = 7;

/** Lays out all charts. */
export async function chartLayouts(): Promise<ReadonlyMap<string, Layout>> {
  const layouts = await Promise.all(TABLES.map(layoutOf));
  return new Map(layouts.map((layout) => [layout.table.name, layout]));
}

async function layoutOf(table: Table): Promise<Layout> {
  const region = regionOf(table);
  const bundles = new Map<string, { from: string; to: string; lines: Arrow['lines'][number][] }>();
  for (const transition of region.states.flatMap(({ transitions }) => transitions)) {
    const { source, declaredBy, target, event, guard } = transition;
    // What a frame declares is drawn once, from the frame.
    const from =
      region.groups.some(({ name }) => name === declaredBy) && target !== source ? declaredBy : source;
    const key = `${from}>${target}`;
    const bundle = bundles.get(key) ?? { from, to: target, lines: [] };
    const text = PLAIN.has(String(guard)) ? event : `${event} [${guard}]`;
    if (!bundle.lines.some((line) => line.text === text)) bundle.lines.push({ text, transition });
    bundles.set(key, bundle);
  }
  const listed = [...bundles.values()];
  const widthOf = ({ lines }: (typeof listed)[number]): number =>
    Math.max(...lines.map(({ text }) => text.length)) * LETTER + 6;
  const used = table.states.filter((state) => listed.some(({ from, to }) => from === state || to === state));
  const nodeOf = (id: string): ElkNode => ({ id, width: id.length * 7.4 + 22, height: 28 });
  const graph: ElkNode = await new Elk().layout({
    id: table.name,
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'org.eclipse.elk.json.shapeCoords': 'ROOT',
      'org.eclipse.elk.json.edgeCoords': 'ROOT',
      'elk.direction': 'DOWN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.edgeLabels.inline': 'false',
      'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
      'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
      'elk.spacing.nodeNode': '28',
      'elk.layered.spacing.nodeNodeBetweenLayers': '26',
      'elk.spacing.edgeNode': '14',
      'elk.spacing.edgeEdge': '12',
      'elk.spacing.edgeLabel': '4',
    },
    // In the order of a life, a frame where the first of its states would stand.
    children: used.flatMap((id) => {
      const group = region.groups.find(({ states }) => states.includes(id));
      if (group === undefined) return [nodeOf(id)];
      if (group.states[0] !== id) return [];
      const { name, states } = group;
      const layoutOptions = { 'elk.padding': '[top=24,left=14,bottom=14,right=14]' };
      return [{ id: name, layoutOptions, children: states.map(nodeOf) }];
    }),
    edges: listed.map((bundle, index) => ({
      id: String(index),
      sources: [bundle.from],
      targets: [bundle.to],
      labels: [{ text: 'label', width: widthOf(bundle), height: bundle.lines.length * LINE }],
    })),
  });
  return {
    table,
    width: Math.ceil(graph.width!),
    height: Math.ceil(graph.height!),
    states: graph.children!.flatMap((child) => child.children ?? [child]).map(boxOf),
    groups: graph.children!.filter(({ children }) => children !== undefined).map(boxOf),
    passing: new Set(region.states.filter(({ withinAStep }) => withinAStep).map(({ name }) => name)),
    arrows: (graph.edges as ElkExtendedEdge[]).map((edge) => {
      const { startPoint, bendPoints = [], endPoint } = edge.sections![0]!;
      const { x, y, width } = edge.labels![0]!;
      return {
        ...listed[Number(edge.id)]!,
        points: [startPoint, ...bendPoints, endPoint].map(
          (point) => [Math.round(point.x), Math.round(point.y)] as const,
        ),
        label: { x: x!, y: y!, width: width! },
      };
    }),
  };
}

/** Guards that say nothing of a rule. */
const PLAIN: ReadonlySet<string> = new Set(['null', 'undefined', 'always', 'possible']);

function regionOf({ name }: Table): RegionView {
  const [chart, region] = name.split('.');
  const { regions } = CHART_VIEWS.find((view) => view.name === chart)!;
  return regions.find((one) => one.name === region) ?? regions[0]!;
}

function boxOf({ id, x, y, width, height }: ElkNode): Box {
  return { id, x: Math.round(x!), y: Math.round(y!), width: Math.round(width!), height: Math.round(height!) };
}

let drawn = 0;

/** A chart as SVG. @param lit which transitions are lit; the states that they join are, too. */
export function chartPicture(
  { table, width, height, states, groups, passing, arrows }: Layout,
  sentence: string,
  lit: (transition: Transition) => boolean = () => false,
): string {
  const marker = `head-${++drawn}`;
  const isLit = (arrow: Arrow): boolean => arrow.lines.some(({ transition }) => lit(transition));
  const litStates = new Set(arrows.filter(isLit).flatMap(({ from, to }) => [from, to]));
  // What is lit is drawn last, above what is not.
  const ordered = arrows.toSorted((one, other) => Number(isLit(one)) - Number(isLit(other)));
  const parts = [
    ...groups.map(
      ({ id, x, y, width: wide, height: high }) =>
        `<g class="group"><rect x="${x}" y="${y}" width="${wide}" height="${high}" rx="8"/><text x="${x + 10}" y="${y + 15}">${escaped(id)}</text></g>`,
    ),
    ...ordered.map(
      (arrow) =>
        `<polyline class="edge${isLit(arrow) ? ' lit' : ''}" points="${arrow.points.map((point) => point.join(',')).join(' ')}" marker-end="url(#${marker}${isLit(arrow) ? '-lit' : ''})"/>`,
    ),
    ...ordered.flatMap(({ lines, label }) =>
      lines.map(({ text, transition }, index) => {
        const y = Math.round(label.y + (index + 1) * LINE - 4);
        return `<text class="event${lit(transition) ? ' lit' : ''}" x="${Math.round(label.x + 3)}" y="${y}">${escaped(text)}</text>`;
      }),
    ),
    ...states.map(({ id, x, y, width: wide, height: high }) => {
      const isInitial = table.states[table.initial] === id;
      return `<g class="state${litStates.has(id) ? ' lit' : ''}${isInitial ? ' initial' : ''}${passing.has(id) ? ' passing' : ''}"><rect x="${x}" y="${y}" width="${wide}" height="${high}" rx="6"/><text x="${Math.round(x + wide / 2)}" y="${Math.round(y + high / 2 + 4)}" text-anchor="middle">${escaped(id)}</text></g>`;
    }),
  ];
  // In the picture's own units: a thick arrow has a head that is a little larger, and none that covers its label.
  const head = (id: string, kind: string, size: number): string =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="${size}" markerHeight="${size}" orient="auto"><path d="M0 0 L8 4 L0 8 z" class="head${kind}"/></marker>`;
  return `<div class="scroll chart-frame" tabindex="0" role="group" aria-label="Chart ${escaped(table.name)}">
<svg class="chart" role="img" aria-label="${escaped(sentence)}" style="max-width:${Math.round(width * 1.15)}px" viewBox="0 0 ${width} ${height}"><defs>${head(marker, '', 7)}${head(`${marker}-lit`, ' lit', 9)}</defs>
${parts.join('\n')}
</svg></div>`;
}
