/** Divides a network into what the map draws and what is listed beside it. */

import type { KindTree } from "../../kinds/kinds";
import { type FoldedEdge, foldedEdge } from "../folded_edge";
import type { MapNetwork } from "./map_query";
import { type Place, placeOf, type Reason } from "./places";

export interface MapNode {
  slug: string;
  name: string;
  /** The number of supports that the actor gives or receives. */
  supports: number;
}

export type OnMap = MapNode & Extract<Place, { country: unknown }>;
export type Beside = MapNode & { reason: Reason; edges: FoldedEdge[] };

export interface Placed {
  /** The actor with the most supports first; `beside` has the same order. */
  onMap: OnMap[];
  beside: Beside[];
  /** Edges with both ends on the map, the strongest first. */
  arcs: FoldedEdge[];
  names: Map<string, string>;
}

export function placedOf(network: MapNetwork, kinds: KindTree): Placed {
  const edges = network.edges.map((edge) => foldedEdge(edge, kinds));
  const edgesOf = byActor(edges);
  const onMap: OnMap[] = [];
  const beside: Beside[] = [];
  for (const { actor, given, received } of network.nodes) {
    const node = { slug: actor.slug, name: actor.name, supports: given + received };
    const place = placeOf(actor);
    if ("country" in place) onMap.push({ ...node, ...place });
    else beside.push({ ...node, ...place, edges: edgesOf.get(actor.slug) ?? [] });
  }
  const drawn = new Set(onMap.map(({ slug }) => slug));
  const arcs = edges.filter(
    ({ supporter, recipient }) =>
      supporter !== recipient && drawn.has(supporter) && drawn.has(recipient),
  );
  const names = new Map(network.nodes.map(({ actor }) => [actor.slug, actor.name]));
  return { onMap: onMap.sort(mostFirst), beside: beside.sort(mostFirst), arcs, names };
}

/** Maps each actor to its edges, in their order. */
function byActor(edges: readonly FoldedEdge[]): Map<string, FoldedEdge[]> {
  const found = new Map<string, FoldedEdge[]>();
  for (const edge of edges) {
    for (const slug of new Set([edge.supporter, edge.recipient])) {
      const known = found.get(slug);
      if (known) known.push(edge);
      else found.set(slug, [edge]);
    }
  }
  return found;
}

function mostFirst(one: MapNode, other: MapNode): number {
  return other.supports - one.supports || one.name.localeCompare(other.name);
}
