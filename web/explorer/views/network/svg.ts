/** Exports a scene as an SVG file that looks like the canvas. */

import { gapOf, type Label } from "./labels";
import type { Palette } from "../palette";
import { escaped, svgFile } from "../svg_file";
import { pathText } from "./path_text";
import type { Scene, SceneLine } from "./scene";
import { outline } from "./shapes";
import { type Fade, fadeOf, strokeOf, traceHeads, traceLine } from "./strokes";

/** Returns the text of the file. Markup in names is escaped. */
export function svgOf(
  scene: Scene,
  labels: readonly Label[],
  palette: Palette,
  width: number,
  height: number,
): string {
  const lines = scene.lines.map((line, place) => {
    const fade = fadeOf(line);
    const stroke = strokeOf(line, palette, scene.widest, false);
    const dashes = stroke.dashes.length > 0 ? ` stroke-dasharray="${stroke.dashes.join(" ")}"` : "";
    return (
      `<g opacity="${stroke.opacity}"><title>${escaped(line.line.label)}</title>` +
      (fade ? gradient(`fade-${place}`, line, stroke.colour, fade) : "") +
      `<path d="${pathText((pen) => traceLine(pen, line))}" fill="none" ` +
      `stroke="${fade ? `url(#fade-${place})` : stroke.colour}" ` +
      `stroke-width="${stroke.width}"${dashes}/>` +
      `<path d="${pathText((pen) => traceHeads(pen, line))}" fill="${stroke.colour}"/></g>`
    );
  });
  const actors = scene.actors.map(
    ({ kind, x, y, radius, name }) =>
      `<path d="${outline(kind, x, y, radius)}" fill="${palette.actor}" ` +
      `stroke="${palette.page}" stroke-width="2"><title>${escaped(name)}</title></path>`,
  );
  const texts = labels.map((label) => {
    const { text, x, y, angle, of } = label;
    const turn = `transform="translate(${x} ${y}) rotate(${(angle * 180) / Math.PI})"`;
    const font = of === "actor" ? 'font-size="13" font-weight="600"' : 'font-size="12"';
    const gap = gapOf(label);
    const behind =
      `<rect ${turn} x="${gap.x}" y="${gap.y}" width="${gap.width}" height="${gap.height}" ` +
      `fill="${palette.page}" stroke="none"/>`;
    return `${of === "line" ? behind : ""}<text ${turn} ${font}>${escaped(text)}</text>`;
  });
  return svgFile(width, height, palette, [
    ...lines,
    ...actors,
    `<g text-anchor="middle" dominant-baseline="middle" paint-order="stroke" ` +
      `stroke="${palette.page}" stroke-width="4">`,
    ...texts,
    "</g>",
  ]);
}

function gradient(id: string, { start, end }: SceneLine, colour: string, fade: Fade): string {
  const stops = fade.map(
    ([offset, opacity]) =>
      `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
  );
  return (
    `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${start.x}" y1="${start.y}" ` +
    `x2="${end.x}" y2="${end.y}">${stops.join("")}</linearGradient>`
  );
}
