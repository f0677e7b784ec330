/** The colours of the style sheet, as a canvas and an SVG file need them. */

import { type Hue, HUES } from "../kinds/kinds";

export interface Palette {
  page: string;
  ink: string;
  muted: string;
  accent: string;
  actor: string;
  hues: Record<Hue, string>;
}

/** Reads the current colours: those of the light or of the dark scheme. */
export function readPalette(within: HTMLElement): Palette {
  const probe = within.appendChild(document.createElement("span"));
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    page: read("page"),
    ink: read("ink"),
    muted: read("muted"),
    accent: read("accent"),
    actor: read("actor"),
    hues: Object.fromEntries(HUES.map((hue) => [hue, read(`kind-${hue}`)])) as Record<Hue, string>,
  };
  probe.remove();
  return palette;
}
