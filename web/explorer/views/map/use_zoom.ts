import { select } from "d3-selection";
import { zoom, type ZoomTransform } from "d3-zoom";
import { type RefObject, useEffect, useLayoutEffect, useMemo } from "react";

interface Map {
  /** The element that receives wheel and pointer events. */
  frame: RefObject<SVGSVGElement | null>;
  /** The group that holds the whole drawing. */
  drawing: RefObject<SVGGElement | null>;
  /** The camera for which it is drawn. */
  camera: ZoomTransform;
  /** Called when the user has moved the camera. */
  aim: (camera: ZoomTransform) => void;
}

/**
 * The minimum scale is that of the whole world; at more than the maximum, the borders of the atlas
 * look coarse.
 */
const EXTENT: [number, number] = [1, 24];

/**
 * Pans and zooms by wheel, pointer and touch. During a gesture the drawing is only transformed; at
 * its end it is drawn again for the new camera. Returns a function that zooms by a factor.
 */
export function useZoom({ frame, drawing, camera, aim }: Map): (factor: number) => void {
  const zooming = useMemo(() => zoom<SVGSVGElement, unknown>().scaleExtent(EXTENT), []);
  useEffect(() => {
    if (!frame.current) return;
    const stage = select(frame.current);
    stage.call(zooming).on("dblclick.zoom", null);
    return () => void stage.on(".zoom", null);
  }, [frame, zooming]);
  useLayoutEffect(() => {
    const [stage, moved] = [frame.current, drawing.current];
    if (!stage || !moved) return;
    select(stage).property("__zoom", camera);
    moved.removeAttribute("transform");
    zooming.on("zoom", ({ transform: { k, x, y } }: { transform: ZoomTransform }) => {
      const scale = k / camera.k;
      const [left, top] = [x - camera.x * scale, y - camera.y * scale];
      moved.setAttribute("transform", `translate(${left} ${top}) scale(${scale})`);
    });
    zooming.on("end", ({ transform }: { transform: ZoomTransform }) => {
      // A click does not move the camera.
      if (transform !== camera) aim(transform);
    });
  }, [frame, drawing, zooming, camera, aim]);
  return (factor) => {
    if (frame.current) zooming.scaleBy(select(frame.current), factor);
  };
}
