/**
 * The positions of actors and lines in the window, in pixels: the painter, the hit test and the SVG
 * file share them.
 */

import type { Size } from "../../question/question";
import { type Placed, type Point, rangeOf } from "./layout";
import type { Line } from "./lines";
import type { NetworkNode } from "./network_query";

export interface SceneActor extends Point {
  slug: string;
  name: string;
  kind: NetworkNode["actor"]["kind"];
  radius: number;
  isPinned: boolean;
}

/** A line as a quadratic curve from the edge of one actor's shape to that of another. */
export interface SceneLine {
  line: Line;
  start: Point;
  control: Point;
  end: Point;
  /** Unit vectors along the curve at its ends. */
  out: Point;
  into: Point;
  width: number;
  /** Length of its arrowheads. */
  head: number;
}

export interface Scene {
  actors: SceneActor[];
  lines: SceneLine[];
  /** The maximum width of a line, in pixels. */
  widest: number;
}

/** Maps places to pixels: `x * k + left`, `y * k + top`. */
export interface Camera {
  k: number;
  left: number;
  top: number;
}

/** The room for each actor, in pixels, from which on all are drawn in full size. */
const WIDE = 110;
const SMALLEST = 0.12;
/** The scale from which on lines have their full width. */
const CLEAR = 0.7;
/**
 * With more lines than this, they cross everywhere. Below the scale `CLEAR` they are then
 * hairlines, which hide less and which a browser strokes in a tenth of the time.
 */
const CROWD = 1500;
const HAIR = 1;
const LANE = 15;
const HEAD = 8;
const GAP = 3;
/** The margin for the labels of the outermost actors, in pixels; the tools are at the right too. */
const MARGIN = { left: 60, right: 96, y: 40 };
/**
 * The maximum number of pixels for one unit of the layout, so that two actors do not fill the
 * window.
 */
const CLOSEST = 40;

/** Computes the scene of a network. */
export function sceneOf(
  nodes: readonly NetworkNode[],
  lines: readonly Line[],
  places: ReadonlyMap<string, Placed>,
  camera: Camera,
  size: Size,
): Scene {
  const scale = scaleFor([...places.values()], camera);
  const actors = nodes.flatMap((node) => {
    const place = places.get(node.actor.slug);
    if (!place) return [];
    const radius = radiusOf(node, size) * scale;
    return [{ ...node.actor, ...onScreen(place, camera), radius, isPinned: place.isPinned }];
  });
  const bySlug = new Map(actors.map((actor) => [actor.slug, actor]));
  return {
    actors,
    widest: scale < CLEAR && lines.length > CROWD ? HAIR : Number.POSITIVE_INFINITY,
    lines: lines.flatMap((line) => {
      const [source, target] = [bySlug.get(line.source), bySlug.get(line.target)];
      if (!source || !target || source === target) return [];
      return [curve(line, source, target, scale)];
    }),
  };
}

/**
 * Returns the scale of actors and lines: smaller if they have less room, and larger as the user
 * zooms in.
 */
function scaleFor(places: readonly Point[], { k }: Camera): number {
  const [left, right] = rangeOf(places, "x");
  const [top, bottom] = rangeOf(places, "y");
  const room = (Math.max(right - left, bottom - top) * k) / Math.sqrt(places.length);
  return Math.min(1, Math.max(SMALLEST, room / WIDE));
}

export function onScreen({ x, y }: Point, { k, left, top }: Camera): Point {
  return { x: x * k + left, y: y * k + top };
}

/**
 * Returns the radius of an actor, which grows with the number of supports that `size` names;
 * persons are small.
 */
function radiusOf({ given, received, actor }: NetworkNode, size: Size): number {
  const number = { both: given + received, given, received, same: 1 }[size];
  const radius = 7 + 2.6 * Math.log2(1 + number);
  return actor.kind === "PERSON" ? radius * 0.7 : Math.min(radius, 30);
}

function curve(line: Line, source: SceneActor, target: SceneActor, scale: number): SceneLine {
  const length = Math.hypot(target.x - source.x, target.y - source.y) || 1;
  // A unit vector across the line, which points to the same side for both directions.
  const way = source.slug < target.slug ? 1 : -1;
  const across = {
    x: (-(target.y - source.y) / length) * way,
    y: ((target.x - source.x) / length) * way,
  };
  // The middle of a quadratic curve is half as far out as its control point.
  const offset = Math.min(line.lane * LANE * scale, length / 3) * 2;
  const control = {
    x: (source.x + target.x) / 2 + across.x * offset,
    y: (source.y + target.y) / 2 + across.y * offset,
  };
  const out = unit(source, control);
  const into = unit(control, target);
  return {
    line,
    start: along(source, out, source.radius + GAP),
    control,
    end: along(target, into, -(target.radius + GAP)),
    out,
    into,
    width: (1 + Math.min(Math.log10(line.count), 2) * 0.6) * (scale < CLEAR ? 0.6 : 1),
    head: HEAD * Math.max(scale, 0.5),
  };
}

function unit(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

export function along(from: Point, direction: Point, distance: number): Point {
  return { x: from.x + direction.x * distance, y: from.y + direction.y * distance };
}

/** Returns the point at a fraction of a curve. */
export function pointAt({ start, control, end }: SceneLine, share: number): Point {
  const rest = 1 - share;
  const part = (axis: "x" | "y") =>
    rest * rest * start[axis] + 2 * rest * share * control[axis] + share * share * end[axis];
  return { x: part("x"), y: part("y") };
}

/** Returns the camera that shows all places within a window, with room for the labels. */
export function cameraFor(places: Iterable<Point>, width: number, height: number): Camera {
  const points = [...places];
  if (points.length === 0) return { k: 1, left: width / 2, top: height / 2 };
  const [[left, right], [top, bottom]] = [rangeOf(points, "x"), rangeOf(points, "y")];
  const room = { x: width - MARGIN.left - MARGIN.right, y: height - 2 * MARGIN.y };
  const fit = Math.min(room.x / (right - left || 1), room.y / (bottom - top || 1));
  const k = Math.min(fit, CLOSEST);
  return {
    k,
    left: MARGIN.left + room.x / 2 - ((left + right) / 2) * k,
    top: height / 2 - ((top + bottom) / 2) * k,
  };
}

/** A scene with more actors and lines than this is large. */
const LARGE = 900;

export function isLarge({ actors, lines }: Scene): boolean {
  return actors.length + lines.length > LARGE;
}
