/** Where actors are on the map, and why others are beside it. */

import { iso31661Alpha2ToNumeric, iso31661Alpha3ToAlpha2 } from "iso-3166";
import type { MapActor } from "./map_query";
import { type Country, countryOf, middleOf } from "./world";

export type Reason = "noState" | "noCode" | "tooSmall";
export const REASONS: Reason[] = ["noState", "noCode", "tooSmall"];

export type Place = { country: Country; middle: [number, number] } | { reason: Reason };

/** The place of an actor. Only a code that is in use now leads to one: former states have none. */
export function placeOf(actor: MapActor): Place {
  if (actor.kind !== "STATE") return { reason: "noState" };
  const numeric = numericCode(actor);
  if (numeric === undefined) return { reason: "noCode" };
  const country = countryOf(numeric);
  return country ? { country, middle: middleOf(country) } : { reason: "tooSmall" };
}

/** The numeric code of ISO 3166-1, from either code of letters. */
function numericCode({ codes }: MapActor): string | undefined {
  const current = (scheme: MapActor["codes"][number]["scheme"]) =>
    codes.find((code) => code.scheme === scheme && code.endedOn === null)?.value ?? "";
  const alpha2 =
    current("ISO_3166_1_ALPHA_2") || iso31661Alpha3ToAlpha2[current("ISO_3166_1_ALPHA_3")];
  return alpha2 ? iso31661Alpha2ToNumeric[alpha2] : undefined;
}
