import { expect, test } from "vitest";
import { KindTree } from "../kinds/kinds";
import { matrixOf } from "./matrix/matrix";
import { svgOfMatrix } from "./matrix/svg";
import type { Network } from "./network/network_query";
import type { Palette } from "./palette";
import { textAt } from "./svg_file";
import { chartsOf } from "./totals/charts";
import { svgOfTotals } from "./totals/svg";
import type { Total } from "./totals/totals_query";

const PALETTE = {
  page: "#fff",
  ink: "#000",
  muted: "#555",
  accent: "#00f",
  actor: "#333",
  hues: { other: "#777" },
} as unknown as Palette;
const KINDS = new KindTree([]);
/** A font in which all characters have the same width. */
const WIDTHS = (text: string) => 10 * text.length;
const HOSTILE = '<script>"&';
const SHOWN = "&#60;script&#62;&#34;&#38;";

test("markup is escaped", () => {
  expect(textAt(1, 2, HOSTILE)).toContain(`>${SHOWN}</text>`);
});

test("a matrix has its names and its numbers", () => {
  const actor = (slug: string, name: string) => ({
    given: 1,
    received: 1,
    actor: { slug, name, kind: "STATE" },
  });
  const part = { kind: "DRONES", phase: "DELIVERED", certain: 7, possible: 0, contested: true };
  const network = {
    nodes: [actor("a", HOSTILE), actor("b", "Beta"), actor("c", "W".repeat(300))],
    edges: [
      { supporter: { slug: "a" }, recipient: { slug: "b" }, parts: [part] },
      { supporter: { slug: "c" }, recipient: { slug: "a" }, parts: [part] },
    ],
  } as unknown as Network;
  const svg = svgOfMatrix(matrixOf(network, KINDS, "name"), KINDS, PALETTE, WIDTHS);
  expect(svg).toContain(`>${SHOWN}</text>`);
  expect(svg).toContain(">Beta</text>");
  expect(svg).toContain(">7 ≠</text>");
  // A name too long for its column is shortened.
  expect(svg).toContain(`>${"W".repeat(15)}…</text>`);
});

test("the bar of a total is as long as its share of the longest", () => {
  const total = (name: string, supports: number, possible: number) =>
    ({
      supporter: { slug: name, name },
      recipient: null,
      kind: null,
      phase: "DELIVERED",
      year: null,
      dataset: { slug: "d", title: "Set", version: "2", licence: "CC0", url: null, partOf: null },
      certain: { supports },
      possible: { supports: possible },
    }) as unknown as Total;
  const charts = chartsOf([total("Alpha", 30, 10), total("Beta", 20, 0)], { of: "supports" });
  const shown = {
    charts,
    by: "supporter",
    kinds: KINDS,
    palette: PALETTE,
    widths: WIDTHS,
  } as const;
  const svg = svgOfTotals({ ...shown, measure: { of: "supports" } });
  expect(svg).toContain(">30 + 10 possibly</text>");
  expect(svg).toContain("Source: Set 2. Licence: CC0");
  const lengths = [...svg.matchAll(/<rect x="\S+" y="\S+" width="(\S+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect(lengths).toEqual([330, 110, 220]);
});
