import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HUES } from "../kinds/kinds";

const CSS = readFileSync(new URL("colours.css", import.meta.url), "utf8");
const COLOURS = new Map(
  [...CSS.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);

/** Relative luminance, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((place) => Number.parseInt(colour.slice(place, place + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, scheme: "light" | "dark"): number {
  const [low = 0, high = 0] = [one, other]
    .map((name) => luminance(COLOURS.get(name)?.[scheme] ?? ""))
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test.each(["light", "dark"] as const)("lines have enough contrast in the %s scheme", (scheme) => {
  for (const hue of HUES) {
    expect(contrast(`kind-${hue}`, "page", scheme), hue).toBeGreaterThanOrEqual(3);
    expect(contrast(`kind-${hue}`, "pane", scheme), hue).toBeGreaterThanOrEqual(3);
  }
  expect(contrast("control", "pane", scheme)).toBeGreaterThanOrEqual(3);
});

test.each(["light", "dark"] as const)("text has enough contrast in the %s scheme", (scheme) => {
  for (const text of ["ink", "muted", "accent", "alert"]) {
    for (const ground of ["page", "pane", "raised", "hover", "marked"]) {
      expect(contrast(text, ground, scheme), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect(contrast("on-accent", "accent", scheme)).toBeGreaterThanOrEqual(4.5);
});
