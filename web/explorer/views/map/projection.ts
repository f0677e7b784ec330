/** Which part of the world the map shows: at first that with all actors, then what a person aims at. */

import { geoEqualEarth, type GeoProjection } from "d3-geo";
import { type ZoomTransform, zoomIdentity } from "d3-zoom";
import { COUNTRIES } from "./world";

const LAND = { type: "FeatureCollection" as const, features: COUNTRIES };

/** How much larger than the whole world a part may be drawn at first: the atlas is coarse. */
const LARGEST = 4.5;

/** Pixels around the outermost actors, for their labels and arcs. */
const MARGIN = 72;

/** The whole world in a window of this size, in pixels. */
export function worldIn(size: [number, number]): GeoProjection {
  return geoEqualEarth().fitSize(size, LAND);
}

/** The world as a camera sees it: `x * k + left` of where it is without one. */
export function seen(world: GeoProjection, { k, x, y }: ZoomTransform): GeoProjection {
  const [left, top] = world.translate();
  return geoEqualEarth()
    .scale(world.scale() * k)
    .translate([left * k + x, top * k + y]);
}

/** The camera with all of some places, each as longitude and latitude, in the middle of the window. */
export function cameraFor(
  places: [number, number][],
  world: GeoProjection,
  [width, height]: [number, number],
): ZoomTransform {
  if (places.length === 0) return zoomIdentity;
  const points = places.map((place): [number, number] => world(place) ?? [0, 0]);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const room = [Math.max(width - 2 * MARGIN, 1), Math.max(height - 2 * MARGIN, 1)] as const;
  const fit = Math.min(room[0] / (right - left || 1), room[1] / (bottom - top || 1));
  const k = Math.min(fit, LARGEST);
  if (k <= 1) return zoomIdentity;
  return zoomIdentity
    .translate(width / 2, height / 2)
    .scale(k)
    .translate(-(left + right) / 2, -(top + bottom) / 2);
}
