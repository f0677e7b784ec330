/** SVG files: each view makes the parts, and these make a file of them. */

import type { Palette } from "./palette";

/** Of all texts, but where a part says otherwise. */
export const FONT = { family: "system-ui, sans-serif", size: 13 } as const;

/** How many pixels wide a text is in that font. */
export type Widths = (text: string) => number;

/** Text as it may stand in a file, whatever it contains. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** The file: its parts on the colour of the page. */
export function svgFile(
  width: number,
  height: number,
  { page, ink }: Palette,
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
      `font-family="${FONT.family}" font-size="${FONT.size}" fill="${ink}">`,
    `<rect width="100%" height="100%" fill="${page}"/>`,
    ...parts,
    "</svg>",
  ].join("\n");
}

interface TextOptions {
  anchor?: "start" | "middle" | "end";
  fill?: string;
  size?: number;
  isBold?: boolean;
  /** In degrees, around the point. */
  turn?: number;
}

/** A line of text at a point. */
export function textAt(x: number, y: number, text: string, options: TextOptions = {}): string {
  const { anchor = "start", fill, size, isBold, turn } = options;
  const attributes = [
    `x="${x}" y="${y}" text-anchor="${anchor}"`,
    fill && `fill="${fill}"`,
    size && `font-size="${size}"`,
    isBold && 'font-weight="600"',
    turn && `transform="rotate(${turn} ${x} ${y})"`,
  ];
  return `<text ${attributes.filter(Boolean).join(" ")}>${escaped(text)}</text>`;
}
