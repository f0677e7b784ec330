/** What the bars count: supports, or the sum of amounts in one unit. */

import { words } from "../../words";

/** A unit of quantities, or the currency or other unit of worths. */
export type Measure =
  | { of: "supports" }
  | { of: "quantity"; unit: keyof typeof words.units }
  | { of: "worth"; unit: "CURRENCY"; currency: string }
  | { of: "worth"; unit: "TIV" };

const SUPPORTS: Measure = { of: "supports" };
const TIV = "TIV";

/**
 * Parses `quantity.PERSONS`, `worth.EUR` or `worth.TIV`; any other text means the number of
 * supports.
 */
export function measureOf(text: string | null): Measure {
  const [of, unit = ""] = (text ?? "").split(".");
  if (of === "quantity" && unit in words.units) {
    return { of, unit: unit as keyof typeof words.units };
  }
  if (of === "worth" && unit === TIV) return { of, unit };
  if (of === "worth" && /^[A-Z]{3}$/.test(unit)) return { of, unit: "CURRENCY", currency: unit };
  return SUPPORTS;
}

/** Returns the measure as text for the address; null for the number of supports. */
export function measureText(measure: Measure): string | null {
  if (measure.of === "supports") return null;
  return `${measure.of}.${"currency" in measure ? measure.currency : measure.unit}`;
}

/** Returns the label of a measure. */
export function measureLabel(measure: Measure): string {
  if (measure.of === "supports") return words.totals.supports;
  if ("currency" in measure) return words.totals.worth(measure.currency);
  const unit = words.units[measure.unit];
  return measure.of === "worth" ? words.totals.worth(unit) : words.totals.quantity(unit);
}

interface UnitGroup {
  quantityUnit: keyof typeof words.units | null;
  worthUnit: "CURRENCY" | "TIV" | null;
  worthCurrency: string | null;
}

/**
 * Returns the measures for which supports of a question have amounts; the number of supports comes
 * first.
 */
export function measuresOf(groups: readonly UnitGroup[]): Measure[] {
  const texts = groups.flatMap(({ quantityUnit, worthUnit, worthCurrency }) => [
    ...(quantityUnit ? [`quantity.${quantityUnit}`] : []),
    ...(worthUnit ? [`worth.${worthUnit === TIV ? TIV : worthCurrency}`] : []),
  ]);
  return [SUPPORTS, ...[...new Set(texts)].sort().reverse().map(measureOf)];
}
