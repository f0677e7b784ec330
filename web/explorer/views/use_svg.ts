import { useEffect, useRef } from "react";
import { type Palette, readPalette } from "./palette";
import { FONT, type Widths } from "./svg_file";
import type { ViewProps } from "./view";

/** Offers the function that makes an SVG file of a view; withdraws it while `make` is null. */
export function useSvg(
  offerSvg: ViewProps["offerSvg"],
  make: ((palette: Palette, widths: Widths) => string) | null,
): void {
  const latest = useRef(make);
  useEffect(() => {
    latest.current = make;
  });
  const isOffered = make !== null;
  useEffect(() => {
    if (!isOffered) return;
    offerSvg(() => latest.current?.(readPalette(document.body), widthsOnScreen()) ?? "");
    return () => offerSvg(null);
  }, [isOffered, offerSvg]);
}

/**
 * Measures texts in this browser's font: that of another browser may differ, but is not much wider.
 */
function widthsOnScreen(): Widths {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) throw new Error("A canvas has no 2D context.");
  context.font = `${FONT.size}px ${FONT.family}`;
  return (text) => context.measureText(text).width;
}
