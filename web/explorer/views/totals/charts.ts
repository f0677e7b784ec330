/**
 * Folds groups into charts: one for each data set and phase, because the API never adds amounts of
 * different ones.
 */

import { PHASES, type TotalsBy } from "../../question/question";
import type { Measure } from "./measure";
import type { Total } from "./totals_query";

/** The maximum number of rows that a chart draws; the table below it has all. */
export const MOST_ROWS = 12;

/** One group as a bar: its exact amounts, and numbers used only for the lengths. */
export interface Bar {
  total: Total;
  certain: Part;
  possible: Part;
  length: number;
}

/** A sum: exact decimals, or null if no amount is stated. */
export interface Part {
  value: string | null;
  low: string | null;
  high: string | null;
  length: number;
}

export interface Chart {
  key: string;
  dataset: Total["dataset"];
  phase: Total["phase"];
  /** The longest first. */
  bars: Bar[];
}

/**
 * Returns the charts, sorted by the title of the data set and then by phase. Bars without an amount
 * are left out.
 */
export function chartsOf(totals: readonly Total[], measure: Measure): Chart[] {
  const charts = new Map<string, Chart>();
  for (const total of totals) {
    if (!isOf(total, measure)) continue;
    const bar = barOf(total, measure);
    if (bar.length === 0) continue;
    const { dataset, phase } = total;
    const key = `${dataset?.slug ?? ""}/${phase}`;
    const chart = charts.get(key) ?? { key, dataset, phase, bars: [] };
    chart.bars.push(bar);
    charts.set(key, chart);
  }
  for (const { bars } of charts.values()) bars.sort((one, other) => other.length - one.length);
  return [...charts.values()].sort(
    (one, other) =>
      (one.dataset?.title ?? "").localeCompare(other.dataset?.title ?? "", "en") ||
      PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase),
  );
}

/**
 * A support with a quantity and a worth is in a group of each: only groups in the unit of the
 * measure count.
 */
function isOf(total: Total, measure: Measure): boolean {
  if (measure.of === "supports") return true;
  if (measure.of === "quantity") return total.quantityUnit === measure.unit;
  return (
    total.worthUnit === measure.unit &&
    (!("currency" in measure) || total.worthCurrency === measure.currency)
  );
}

function barOf(total: Total, { of }: Measure): Bar {
  const part = (sums: Total["certain"]): Part => {
    if (of === "supports") {
      const value = String(sums.supports);
      return { value, low: null, high: null, length: sums.supports };
    }
    const { value = null, low = null, high = null } = sums[of] ?? {};
    return { value, low, high, length: Number(value ?? low ?? high ?? 0) };
  };
  const certain = part(total.certain);
  const possible = part(total.possible);
  return { total, certain, possible, length: certain.length + possible.length };
}

/** A row of a chart: an actor or a kind, with one bar, or with one for each year. */
export interface Row {
  key: string;
  bars: Bar[];
}

/** Returns the rows of a chart with their bars, the row with the longest bar first. */
export function rowsOf({ bars }: Chart, by: TotalsBy): Row[] {
  const rows = new Map<string, Bar[]>();
  for (const bar of bars) {
    const key = rowKey(bar.total, by);
    rows.set(key, [...(rows.get(key) ?? []), bar]);
  }
  return [...rows].map(([key, own]) => ({ key, bars: own }));
}

function rowKey({ supporter, recipient, kind }: Total, by: TotalsBy): string {
  if (by === "year") return "";
  if (by === "kind") return kind ?? "";
  return (by === "recipient" ? recipient : supporter)?.slug ?? "";
}

/** Returns the first and the last year of a chart; null if no year is known. */
export function yearsOf({ bars }: Chart): [number, number] | null {
  const years = bars.flatMap(({ total }) => (total.year === null ? [] : [total.year]));
  return years.length === 0 ? null : [Math.min(...years), Math.max(...years)];
}
