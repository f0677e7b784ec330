import { useEffect, useRef } from "react";
import { type Palette, readPalette } from "./palette";
import type { ViewProps } from "./view";

/** Hands over how a view is made an SVG file; null while there is nothing to make it of. */
export function useSvg(
  offerSvg: ViewProps["offerSvg"],
  make: ((palette: Palette) => string) | null,
): void {
  const latest = useRef(make);
  useEffect(() => {
    latest.current = make;
  });
  const isOffered = make !== null;
  useEffect(() => {
    if (!isOffered) return;
    offerSvg(() => latest.current?.(readPalette(document.body)) ?? "");
    return () => offerSvg(null);
  }, [isOffered, offerSvg]);
}
