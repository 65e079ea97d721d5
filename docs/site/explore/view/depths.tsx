import type { Graph } from '../run/graph.ts';
import type { Walk } from './walk.ts';

const HEIGHT = 110;
const WIDTH = 560;
const LABEL = 16;

/** How many states there are at each depth, with the one where one stands. */
export function Depths({ graph, walk }: { graph: Graph; walk: Walk }) {
  const { byDepth } = graph;
  const here = walk.state.value < 0 ? 0 : graph.depths[walk.state.value]!;
  const most = Math.max(1, ...byDepth);
  const width = WIDTH / Math.max(1, byDepth.length);
  const room = HEIGHT - 2 * LABEL;
  const words = byDepth.map((count, index) => `${count} at depth ${index + 1}`).join(', ');
  // Where bars are narrow, every few of them have figures.
  const every = Math.ceil(34 / width);
  return (
    <figure class="card depths">
      <figcaption>States by depth: how many steps it takes at least to get there, boot included</figcaption>
      <svg class="graph-bars" role="img" aria-label={words} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        {byDepth.map((count, index) => {
          const height = Math.max(1, (count / most) * room);
          const x = index * width;
          const isShown = index % every === 0 || index + 1 === here;
          return (
            <g key={index} class={index + 1 === here ? 'bar-here' : 'bar-there'}>
              <rect x={x + 2} width={Math.max(1, width - 4)} y={HEIGHT - LABEL - height} height={height} />
              {isShown && (
                <>
                  <text x={x + width / 2} y={HEIGHT - LABEL - height - 4} text-anchor="middle">
                    {count}
                  </text>
                  <text x={x + width / 2} y={HEIGHT - 3} text-anchor="middle">
                    {index + 1}
                  </text>
                </>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
