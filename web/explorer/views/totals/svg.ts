/** Exports the charts of the totals as an SVG file, one below the other. */

import type { KindTree } from "../../kinds/kinds";
import type { TotalsBy } from "../../question/question";
import { drawnName } from "../../text/names";
import { words } from "../../words";
import type { Palette } from "../palette";
import { escaped, svgFile, textAt, type Widths } from "../svg_file";
import { type Bar, type Chart, MOST_ROWS, type Row, rowsOf, yearsOf } from "./charts";
import { type Measure, measureLabel } from "./measure";
import { bothText, rowTitle } from "./row_text";

interface Shown {
  charts: readonly Chart[];
  measure: Measure;
  by: TotalsBy;
  kinds: KindTree;
  palette: Palette;
  widths: Widths;
}

/** Pixels. */
const WIDTH = 960;
const MARGIN = 24;
const NAMES = 200;
const BAR = { height: 14, row: 26, longest: 440 };
const COLUMNS = { height: 120, row: 152, widest: 64 };
const POSSIBLE = 0.3;

export function svgOfTotals(shown: Shown): string {
  const parts: string[] = [];
  let top = MARGIN;
  for (const chart of shown.charts) {
    const { dataset, phase } = chart;
    const about = `${words.phases[phase]} · ${measureLabel(shown.measure)}`;
    parts.push(
      textAt(MARGIN, top + 16, dataset?.title ?? words.totals.written, { isBold: true, size: 16 }),
      textAt(MARGIN, top + 36, about, { fill: shown.palette.muted }),
    );
    top += 52;
    const drawn = drawingOf(chart, shown, top);
    parts.push(...drawn.parts);
    top += drawn.height;
    if (dataset) {
      const source = `${words.totals.source}: ${dataset.title} ${dataset.version}. ${words.details.licence}: ${dataset.licence}`;
      parts.push(textAt(MARGIN, top + 14, source, { fill: shown.palette.muted, size: 12 }));
    }
    top += 48;
  }
  return svgFile(WIDTH, top, shown.palette, parts);
}

interface Drawn {
  parts: string[];
  height: number;
}

function drawingOf(chart: Chart, shown: Shown, top: number): Drawn {
  const { by } = shown;
  const rows = rowsOf(chart, by).slice(0, MOST_ROWS);
  const years = yearsOf(chart);
  if (by === "year" || by === "supporter-year") {
    const parts = rows.flatMap((row, place) =>
      columnsOf(row, years, chart, shown, top + place * COLUMNS.row),
    );
    return { parts, height: rows.length * COLUMNS.row };
  }
  const bars = chart.bars.slice(0, MOST_ROWS);
  const parts = bars.flatMap((bar, place) => barOf(bar, chart, shown, top + place * BAR.row));
  return { parts, height: bars.length * BAR.row };
}

function barOf(bar: Bar, chart: Chart, shown: Shown, top: number): string[] {
  const { kinds, by, palette, measure } = shown;
  const most = chart.bars[0]?.length ?? 1;
  const length = (part: number) => (BAR.longest * part) / most;
  const kind = by === "kind" ? bar.total.kind : null;
  const fill = kind ? palette.hues[kinds.hue(kind)] : palette.accent;
  const left = MARGIN + NAMES;
  const [certain, possible] = [length(bar.certain.length), length(bar.possible.length)];
  const name = nameOf(bar, shown);
  return [
    textAt(left - 8, top + 12, name, { anchor: "end" }),
    rect(left, top, certain, BAR.height, fill, 1),
    rect(left + certain, top, possible, BAR.height, fill, POSSIBLE),
    textAt(left + certain + possible + 8, top + 12, bothText(bar, measure)),
  ];
}

function nameOf({ total }: Bar, { by, kinds, widths }: Shown): string {
  return drawnName(rowTitle(total, by, kinds), (text) => widths(text) <= NAMES - 8);
}

function columnsOf(
  { bars }: Row,
  years: [number, number] | null,
  chart: Chart,
  shown: Shown,
  top: number,
): string[] {
  const { by, palette, measure } = shown;
  const [first] = bars;
  const left = MARGIN + (by === "year" ? 0 : NAMES);
  const name = by === "year" || !first ? "" : nameOf(first, shown);
  const title = name ? [textAt(left - 8, top + COLUMNS.height, name, { anchor: "end" })] : [];
  if (!years) return title;
  const count = years[1] - years[0] + 1;
  const width = Math.min(COLUMNS.widest, (WIDTH - MARGIN - left) / count);
  const most = chart.bars[0]?.length ?? 1;
  const foot = top + COLUMNS.height;
  const columns = bars.flatMap((bar) => {
    const { year } = bar.total;
    if (year === null) return [];
    const x = left + (year - years[0]) * width + width * 0.1;
    const height = (length: number) => (COLUMNS.height * length) / most;
    const [certain, possible] = [height(bar.certain.length), height(bar.possible.length)];
    return [
      `<g><title>${year}: ${escaped(bothText(bar, measure))}</title>`,
      rect(x, foot - certain, width * 0.8, certain, palette.accent, 1),
      rect(x, foot - certain - possible, width * 0.8, possible, palette.accent, POSSIBLE),
      "</g>",
    ];
  });
  const end = left + count * width;
  return [
    ...title,
    ...columns,
    textAt(left, foot + 16, String(years[0]), { fill: palette.muted, size: 12 }),
    ...(count > 1
      ? [textAt(end, foot + 16, String(years[1]), { anchor: "end", fill: palette.muted, size: 12 })]
      : []),
  ];
}

function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  opacity: number,
): string {
  if (width <= 0 || height <= 0) return "";
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" ` +
    `fill="${fill}" fill-opacity="${opacity}"/>`
  );
}
