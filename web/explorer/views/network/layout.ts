/**
 * Computes the places of the actors: a force-directed layout that is the same for the same data.
 */

import { DirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import { hashOf } from "../../text/hash";
import type { Line } from "./lines";

export interface Point {
  x: number;
  y: number;
}

/** A place; an actor that the user has moved is pinned there. */
export interface Placed extends Point {
  isPinned: boolean;
}

export type Places = ReadonlyMap<string, Placed>;

/** A layout that may have steps left. Plain data, because it is sent to a worker. */
export interface Layout {
  places: Places;
  pulls: readonly Pull[];
  /** The number of steps left. */
  steps: number;
}

/** An attraction between two actors; its weight grows with the number of supports. */
type Pull = readonly [source: string, target: string, weight: number];

const STEPS = 400;
/** The maximum product of steps and actors: more steps do not make a crowd clearer. */
const MOST_MOVES = 400_000;
/**
 * The maximum product of steps and pairs of actors that are computed at once: about 20 ms on a slow
 * computer.
 */
const MOST_PAIRS_AT_ONCE = 5e6;
/** With fewer actors, comparing each pair is faster than building a Barnes-Hut tree. */
const FEWEST_OF_A_TREE = 1000;

/**
 * Places the actors, starting from their known places, and returns the steps that are left. A small
 * layout has none left. A large one that has known places has all of them left, so that the change
 * is drawn at once, with new actors beside their neighbours.
 */
export function layOut(slugs: readonly string[], lines: readonly Line[], known: Places): Layout {
  const pulls = pullsOf(lines.filter(({ source, target }) => source !== target));
  const layout = { places: firstPlaces(slugs, pulls, known), pulls, steps: 0 };
  // Without a new actor, no actor moves.
  if (slugs.every((slug) => known.has(slug))) return layout;
  const steps = Math.min(STEPS, Math.ceil(MOST_MOVES / slugs.length));
  const most = Math.ceil(MOST_PAIRS_AT_ONCE / slugs.length ** 2);
  if (known.size > 0 && steps > most) return { ...layout, steps };
  const atOnce = Math.min(steps, most);
  const places = settle({ ...layout, steps: atOnce });
  return { ...layout, places, steps: steps - atOnce };
}

/** Computes the steps that are left. */
export function settle({ places, pulls, steps }: Layout): Places {
  const graph = new DirectedGraph();
  for (const [slug, { x, y, isPinned }] of places) graph.addNode(slug, { x, y, fixed: isPinned });
  for (const [source, target, weight] of pulls) {
    if (graph.hasNode(source) && graph.hasNode(target)) graph.addEdge(source, target, { weight });
  }
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    gravity: 0.6,
    // More actors need more room between them.
    scalingRatio: graph.order > 60 ? 40 : 12,
    slowDown: 4,
    edgeWeightInfluence: 0.6,
    barnesHutOptimize: graph.order > FEWEST_OF_A_TREE,
  };
  if (steps > 0) forceAtlas2.assign(graph, { iterations: steps, settings });
  return new Map(
    [...places].map(([slug, { isPinned }]) => {
      const { x, y } = graph.getNodeAttributes(slug) as Point;
      return [slug, { x, y, isPinned }];
    }),
  );
}

/**
 * Returns the places, mirrored at the diagonal if they then fill the window better: that keeps all
 * distances.
 */
export function turnedFor(places: Places, width: number, height: number): Places {
  const points = [...places.values()];
  const [[left, right], [top, bottom]] = [rangeOf(points, "x"), rangeOf(points, "y")];
  if (right - left > bottom - top === width > height) return places;
  return new Map([...places].map(([slug, place]) => [slug, { ...place, x: place.y, y: place.x }]));
}

export function rangeOf(points: readonly Point[], axis: "x" | "y"): [least: number, most: number] {
  const values = points.map((point) => point[axis]);
  return [Math.min(...values), Math.max(...values)];
}

/** Returns one pull for all lines from one actor to another. */
function pullsOf(lines: readonly Line[]): Pull[] {
  const pulls = new Map<string, Pull>();
  for (const { source, target, count } of lines) {
    const key = `${source} ${target}`;
    const weight = Math.max(pulls.get(key)?.[2] ?? 0, 1 + Math.log10(count));
    pulls.set(key, [source, target, weight]);
  }
  return [...pulls.values()];
}

/** Returns the known places; a new actor starts beside a neighbour whose place is known. */
function firstPlaces(slugs: readonly string[], pulls: readonly Pull[], known: Places): Places {
  const besides = new Map<string, Placed>();
  for (const [source, target] of pulls) {
    const [from, to] = [known.get(source), known.get(target)];
    if (from) besides.set(target, from);
    if (to) besides.set(source, to);
  }
  return new Map(
    slugs.map((slug) => [slug, known.get(slug) ?? firstPlace(slug, besides.get(slug))]),
  );
}

/**
 * Returns a place on a ring that depends only on the slug, so that a network looks the same each
 * time.
 */
function firstPlace(slug: string, middle: Point = { x: 0, y: 0 }): Placed {
  const hash = hashOf(slug);
  const angle = ((hash & 0xffff) / 0xffff) * 2 * Math.PI;
  const distance = 40 + ((hash >>> 16) / 0xffff) * 160;
  return {
    x: middle.x + Math.cos(angle) * distance,
    y: middle.y + Math.sin(angle) * distance,
    isPinned: false,
  };
}
