/** Describes as text what a bar stands for and how long it is. */

import type { KindTree } from "../../kinds/kinds";
import type { TotalsBy } from "../../question/question";
import { amountText } from "../../text/amounts";
import { words } from "../../words";
import type { Bar, Part } from "./charts";
import type { Measure } from "./measure";
import type { Total } from "./totals_query";

/** Returns the label of the kind, or the name of the actor. */
export function rowTitle(total: Total, by: TotalsBy, kinds: KindTree): string {
  if (by === "kind" && total.kind) return kinds.label(total.kind);
  const actor = by === "recipient" ? total.recipient : total.supporter;
  return actor?.name ?? words.totals.unknown;
}

/** Formats an exact sum with its unit, and its range if one is stated. */
export function partText({ value, low, high }: Part, measure: Measure): string {
  const unit = measure.of === "supports" ? null : measure.unit;
  const currency = "currency" in measure ? measure.currency : null;
  return amountText({ value, low, high, unit, currency, estimated: false }) ?? "";
}

/** Formats the certain and the possible sum of a bar. */
export function bothText({ certain, possible }: Bar, measure: Measure): string {
  const parts = [
    certain.length > 0 ? partText(certain, measure) : "",
    possible.length > 0 ? words.totals.possibly(partText(possible, measure)) : "",
  ];
  return parts.filter(Boolean).join(" ");
}
