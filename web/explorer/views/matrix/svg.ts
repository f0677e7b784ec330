/** Exports a matrix as an SVG file. */

import type { KindTree } from "../../kinds/kinds";
import { drawnName } from "../../text/names";
import { edgeText } from "../folded_edge";
import type { Palette } from "../palette";
import { escaped, svgFile, textAt, type Widths } from "../svg_file";
import type { Cell, Head } from "./heads";
import type { Matrix } from "./matrix";

/** Pixels. */
const SIDE = { width: 36, height: 28 };
const NAMES = 176;
const HEADS = 152;
const STRIP = 4;

export function svgOfMatrix(
  matrix: Matrix,
  kinds: KindTree,
  palette: Palette,
  widths: Widths,
): string {
  const { supporters, recipients, rows } = matrix;
  const names = new Map([...supporters, ...recipients].map(({ slug, name }) => [slug, name]));
  const columns = new Map(recipients.map(({ slug }, place) => [slug, place]));
  const left = (place: number) => NAMES + place * SIDE.width;
  const top = (place: number) => HEADS + place * SIDE.height;
  const heads = recipients.map((head, place) =>
    textAt(left(place) + SIDE.width / 2 + 4, HEADS - 8, nameIn(HEADS, head), { turn: -90 }),
  );
  const lines = supporters.flatMap((head, place) => [
    textAt(NAMES - 8, top(place) + 18, nameIn(NAMES, head), { anchor: "end" }),
    ...(rows.get(head.slug) ?? []).map((cell) =>
      cellAt(left(columns.get(cell.recipient) ?? 0), top(place), cell),
    ),
  ]);
  return svgFile(left(recipients.length) + 16, top(supporters.length) + 16, palette, [
    ...heads,
    ...lines,
  ]);

  function nameIn(room: number, { name }: Head): string {
    return drawnName(name, (text) => widths(text) <= room - 16);
  }

  function cellAt(x: number, y: number, cell: Cell): string {
    const { certain, possible, contested, hues } = cell;
    const number = `${certain > 0 ? certain : `${possible}?`}${contested ? " ≠" : ""}`;
    const all = hues.reduce((sum, [, supports]) => sum + supports, 0);
    const width = SIDE.width - 8;
    let done = 0;
    const strips = hues.map(([hue, supports]) => {
      const start = x + 4 + (width * done) / all;
      done += supports;
      return (
        `<rect x="${start}" y="${y + SIDE.height - STRIP - 2}" width="${(width * supports) / all}" ` +
        `height="${STRIP}" fill="${palette.hues[hue]}"/>`
      );
    });
    const fill = certain > 0 ? palette.ink : palette.muted;
    return [
      `<g><title>${escaped(edgeText(cell, names, kinds))}</title>`,
      `<rect x="${x + 1}" y="${y + 1}" width="${SIDE.width - 2}" height="${SIDE.height - 2}" ` +
        `rx="4" fill="${palette.muted}" fill-opacity="${certain > 0 ? 0.12 : 0.04}"/>`,
      textAt(x + SIDE.width / 2, y + 17, number, { anchor: "middle", fill }),
      ...strips,
      "</g>",
    ].join("");
  }
}
