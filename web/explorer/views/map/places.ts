/** Finds where actors are on the map, or why they have no place on it. */

import { iso31661Alpha2ToNumeric, iso31661Alpha3ToAlpha2 } from "iso-3166";
import type { MapActor } from "./map_query";
import { type Country, countryOf, middleOf } from "./world";

export type Reason = "noState" | "noCode" | "tooSmall";
export const REASONS: Reason[] = ["noState", "noCode", "tooSmall"];

export type Place = { country: Country; middle: [number, number] } | { reason: Reason };

/**
 * Returns the place of an actor. Only a code that is in use now identifies a country: former states
 * have no place.
 */
export function placeOf(actor: MapActor): Place {
  if (actor.kind !== "STATE") return { reason: "noState" };
  const numeric = numericCode(actor);
  if (numeric === undefined) return { reason: "noCode" };
  const country = countryOf(numeric);
  return country ? { country, middle: middleOf(country) } : { reason: "tooSmall" };
}

/** Returns the numeric code of ISO 3166-1, from the two-letter or the three-letter code. */
function numericCode({ codes }: MapActor): string | undefined {
  const current = (scheme: MapActor["codes"][number]["scheme"]) =>
    codes.find((code) => code.scheme === scheme && code.endedOn === null)?.value ?? "";
  const alpha2 =
    current("ISO_3166_1_ALPHA_2") || iso31661Alpha3ToAlpha2[current("ISO_3166_1_ALPHA_3")];
  return alpha2 ? iso31661Alpha2ToNumeric[alpha2] : undefined;
}
