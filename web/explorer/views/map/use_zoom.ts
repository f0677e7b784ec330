import { select } from "d3-selection";
import { zoom, type ZoomTransform } from "d3-zoom";
import { type RefObject, useEffect, useLayoutEffect, useMemo } from "react";

interface Map {
  /** What takes the wheel and the pointer. */
  frame: RefObject<SVGSVGElement | null>;
  /** All that is drawn. */
  drawing: RefObject<SVGGElement | null>;
  /** The camera that it is drawn for. */
  camera: ZoomTransform;
  /** A person has moved the camera. */
  aim: (camera: ZoomTransform) => void;
}

/** The world is not drawn smaller, nor larger than its coarse borders bear. */
const EXTENT: [number, number] = [1, 24];

/**
 * Pan and zoom by wheel, pointer and fingers. The drawing moves as it is, and is drawn for the new
 * camera at rest. Returns what zooms by a factor.
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
      // A click ends where it began.
      if (transform !== camera) aim(transform);
    });
  }, [frame, drawing, zooming, camera, aim]);
  return (factor) => {
    if (frame.current) zooming.scaleBy(select(frame.current), factor);
  };
}
