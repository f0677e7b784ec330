import { expect, test } from "vitest";
import { chartsOf, rowsOf, yearsOf } from "./charts";
import { measureOf, measuresOf, measureText } from "./measure";
import type { Total } from "./totals_query";

const DATASET = { slug: "a", title: "A", version: "1", licence: "", url: null, partOf: null };

function total(parts: Partial<Total>, supports = 1, possibly = 0): Total {
  return {
    dataset: DATASET,
    phase: "DELIVERED",
    supporter: { slug: "iran", name: "Iran" },
    recipient: null,
    kind: null,
    year: null,
    quantityUnit: null,
    worthUnit: null,
    worthCurrency: null,
    certain: { supports },
    possible: { supports: possibly },
    ...parts,
  };
}

const SUPPORTS = measureOf(null);

test("different data sets or phases are never in one chart", () => {
  const charts = chartsOf(
    [
      total({ dataset: { ...DATASET, slug: "b", title: "B" } }),
      total({}),
      total({ phase: "PLEDGED" }),
      total({ dataset: null }),
    ],
    SUPPORTS,
  );
  expect(charts.map(({ key }) => key)).toEqual([
    "/DELIVERED",
    "a/PLEDGED",
    "a/DELIVERED",
    "b/DELIVERED",
  ]);
  expect(charts.every(({ bars }) => bars.length === 1)).toBe(true);
});

test("the longest bar is first, and its length includes possible supports", () => {
  const [chart] = chartsOf([total({}, 2), total({ supporter: null }, 1, 4)], SUPPORTS);
  expect(chart?.bars.map(({ length }) => length)).toEqual([5, 2]);
  expect(chart?.bars[0]).toMatchObject({ certain: { length: 1 }, possible: { length: 4 } });
});

test("a sum keeps all its digits, and only the unit of the measure counts", () => {
  const worth = { value: "12345678901234567890.05", low: null, high: null };
  const euros = total({ worthUnit: "CURRENCY", worthCurrency: "EUR" });
  const dollars = total({ worthUnit: "CURRENCY", worthCurrency: "USD" });
  const pieces = total({ quantityUnit: "PIECES" });
  for (const each of [euros, dollars, pieces]) each.certain = { supports: 1, worth };
  const [chart] = chartsOf([euros, dollars, pieces], measureOf("worth.EUR"));
  expect(chart?.bars.map(({ total }) => total)).toEqual([euros]);
  expect(chart?.bars[0]?.certain.value).toBe("12345678901234567890.05");
});

test("a bar without an amount is left out", () => {
  const bare = total({ quantityUnit: "PERSONS" });
  expect(chartsOf([bare], measureOf("quantity.PERSONS"))).toEqual([]);
});

test("the years of a supporter are one row", () => {
  const [chart] = chartsOf(
    [
      total({ year: 2022 }),
      total({ year: 2024 }, 3),
      total({ year: 2023, supporter: { slug: "china", name: "China" } }, 2),
      total({ year: null }),
    ],
    SUPPORTS,
  );
  if (!chart) throw new Error("no chart");
  const rows = rowsOf(chart, "supporter-year").map(({ key, bars }) => [key, bars.length]);
  expect(rows).toEqual([
    ["iran", 3],
    ["china", 1],
  ]);
  expect(yearsOf(chart)).toEqual([2022, 2024]);
});

test("the measures are the units of the supports, each once, as in the address", () => {
  const none = { quantityUnit: null, worthUnit: null, worthCurrency: null };
  const euros = { ...none, worthUnit: "CURRENCY" as const, worthCurrency: "EUR" };
  const measures = measuresOf([
    none,
    euros,
    { ...none, quantityUnit: "PERSONS" },
    { ...none, worthUnit: "TIV" },
    euros,
  ]);
  const texts = measures.map(measureText);
  expect(texts).toEqual([null, "worth.TIV", "worth.EUR", "quantity.PERSONS"]);
  expect(texts.map(measureOf)).toEqual(measures);
  expect(measureOf("worth.")).toEqual({ of: "supports" });
});
