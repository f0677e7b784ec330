/** Which part of the world the map shows: that with all actors, and never more than the world. */

import { geoEqualEarth, type GeoProjection } from "d3-geo";
import { COUNTRIES } from "./world";

const LAND = { type: "FeatureCollection" as const, features: COUNTRIES };

/** How much larger than the whole world a part may be drawn: the atlas is coarse. */
const LARGEST = 4.5;

/** Pixels around the outermost actors, for their labels and arcs. */
const MARGIN = 72;

export function projectionOf(
  middles: [number, number][],
  [width, height]: [number, number],
): GeoProjection {
  const world = geoEqualEarth().fitSize([width, height], LAND);
  if (middles.length === 0) return world;
  const points = { type: "MultiPoint" as const, coordinates: middles };
  const fitted = geoEqualEarth().fitExtent(
    [
      [MARGIN, MARGIN],
      [Math.max(width - MARGIN, MARGIN + 1), Math.max(height - MARGIN, MARGIN + 1)],
    ],
    points,
  );
  const scale = Math.min(fitted.scale(), world.scale() * LARGEST);
  if (!(scale > world.scale())) return world;
  return centred(geoEqualEarth().scale(scale), middles, [width, height]);
}

/** Moves the projection so that the middle of what it shows is that of the map. */
function centred(
  projection: GeoProjection,
  middles: [number, number][],
  [width, height]: [number, number],
): GeoProjection {
  projection.translate([0, 0]);
  const points = middles.map((middle): [number, number] => projection(middle) ?? [0, 0]);
  const middle = (place: 0 | 1) => {
    const all = points.map((point) => point[place]);
    return (Math.min(...all) + Math.max(...all)) / 2;
  };
  return projection.translate([width / 2 - middle(0), height / 2 - middle(1)]);
}
