/** Makes SVG files from the parts that each view makes. */

import type { Palette } from "./palette";

/** The font of all texts, unless a part sets another size or weight. */
export const FONT = { family: "system-ui, sans-serif", size: 13 } as const;

/** Returns the width of a text in that font, in pixels. */
export type Widths = (text: string) => number;

/** Escapes a text for an SVG file. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Returns the file: its parts on the background colour of the page. */
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
  /** Rotation around the point, in degrees. */
  turn?: number;
}

/** Returns a line of text at a point. */
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
