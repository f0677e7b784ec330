/**
 * The states of the world as polygons, from the bundled atlas: the map needs no request to another
 * service.
 */

import { geoArea, geoCentroid } from "d3-geo";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-110m.json";

export type Country = Feature<Polygon | MultiPolygon>;

const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;

const ANTARCTICA = "010";

/** The `id` of each is its numeric code of ISO 3166-1; three areas without a code have none. */
export const COUNTRIES = (
  feature(topology, topology.objects.countries).features as Country[]
).filter(({ id }) => id !== ANTARCTICA);

const BY_CODE = new Map(COUNTRIES.map((country) => [country.id, country]));

/** Returns the country with a numeric code; undefined if it is too small for this atlas. */
export function countryOf(numeric: string): Country | undefined {
  return BY_CODE.get(numeric);
}

/**
 * Returns the longitude and latitude of the centroid of a country's largest part: the centroid of
 * all parts may lie between its islands.
 */
export function middleOf({ geometry }: Country): [number, number] {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const polygons = parts.map((coordinates): Polygon => ({ type: "Polygon", coordinates }));
  const areas = polygons.map((polygon) => geoArea(polygon));
  const largest = polygons[areas.indexOf(Math.max(...areas))];
  return geoCentroid(largest ?? geometry);
}
