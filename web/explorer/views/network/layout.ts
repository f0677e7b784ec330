/** Where the actors of a network are: a force-directed layout that is the same for the same data. */

import { DirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Line } from "./lines";

export interface Point {
  x: number;
  y: number;
}

/** Actors that a person has moved stay where they are. */
export interface Placed extends Point {
  isPinned: boolean;
}

const STEPS_A_ROUND = 10;
const MOST_ROUNDS = 40;
/** A large network is laid out as well as this many milliseconds allow. */
const MILLISECONDS = 700;

/** Lays the actors out, beginning from where they were. */
export function layOut(
  slugs: readonly string[],
  lines: readonly Line[],
  known: ReadonlyMap<string, Placed>,
): Map<string, Placed> {
  const graph = new DirectedGraph();
  const places = new Map(slugs.map((slug) => [slug, known.get(slug) ?? firstPlace(slug)]));
  for (const [slug, { x, y, isPinned }] of places) graph.addNode(slug, { x, y, fixed: isPinned });
  for (const { source, target, count } of lines) {
    if (source === target || !graph.hasNode(source) || !graph.hasNode(target)) continue;
    graph.updateEdge(source, target, (edge) => ({
      weight: Math.max(edge.weight ?? 0, 1 + Math.log10(count)),
    }));
  }
  // Where nothing is new, nothing moves.
  if (slugs.some((slug) => !known.has(slug))) settle(graph);
  return new Map(
    [...places].map(([slug, { isPinned }]) => {
      const { x, y } = graph.getNodeAttributes(slug) as Point;
      return [slug, { x, y, isPinned }];
    }),
  );
}

function settle(graph: DirectedGraph): void {
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    gravity: 0.6,
    // The more actors, the more room they need between them.
    scalingRatio: graph.order > 60 ? 40 : 12,
    slowDown: 4,
    edgeWeightInfluence: 0.6,
    barnesHutOptimize: graph.order > 150,
  };
  const end = performance.now() + MILLISECONDS;
  for (let round = 0; round < MOST_ROUNDS && performance.now() < end; round += 1) {
    forceAtlas2.assign(graph, { iterations: STEPS_A_ROUND, settings });
  }
}

/** A place on a disc that depends on the slug alone, so that a network looks the same each time. */
function firstPlace(slug: string): Placed {
  let hash = 2166136261;
  for (const character of slug) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  }
  const angle = ((hash & 0xffff) / 0xffff) * 2 * Math.PI;
  const distance = 40 + ((hash >>> 16) / 0xffff) * 160;
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance, isPinned: false };
}
