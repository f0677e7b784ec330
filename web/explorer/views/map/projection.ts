/**
 * The part of the world that the map shows: at first the one with all actors, then the one that the
 * user has moved to.
 */

import { geoEqualEarth, type GeoProjection } from "d3-geo";
import { type ZoomTransform, zoomIdentity } from "d3-zoom";
import { COUNTRIES } from "./world";

const LAND = { type: "FeatureCollection" as const, features: COUNTRIES };

/** The maximum enlargement at first: the atlas is coarse. */
const LARGEST = 4.5;

/** Pixels around the outermost actors, for their labels and arcs. */
const MARGIN = 72;

/** The whole world in a window of this size, in pixels. */
export function worldIn(size: [number, number]): GeoProjection {
  return geoEqualEarth().fitSize(size, LAND);
}

/** The world in a camera: a point at `x` without a camera is at `x * k + left`. */
export function seen(world: GeoProjection, { k, x, y }: ZoomTransform): GeoProjection {
  const [left, top] = world.translate();
  return geoEqualEarth()
    .scale(world.scale() * k)
    .translate([left * k + x, top * k + y]);
}

/**
 * Returns the camera that centres all of these places, each a longitude and a latitude, in the
 * window.
 */
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
