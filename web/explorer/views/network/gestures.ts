/** Handles pointer and wheel on a drawing: pan and zoom, dragging an actor, click, double click. */

import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import type { Drawing } from "./drawing";
import type { Hit } from "./hits";
import type { Point } from "./layout";
import type { Camera } from "./scene";

export interface Listeners {
  onClick: (hit: Hit) => void;
  onOpen: (slug: string) => void;
}

/** A pointer that moves less than this, in pixels, has clicked. */
const STILL = 4;

/**
 * Adds the listeners to the canvas of a drawing. Returns functions that move the camera and that
 * remove the listeners.
 */
export function listen(drawing: Drawing, { onClick, onOpen }: Listeners) {
  const { canvas } = drawing;
  const stage = select<HTMLCanvasElement, unknown>(canvas);
  const pointOf = (event: MouseEvent): Point => ({ x: event.offsetX, y: event.offsetY });
  const zooming = zoom<HTMLCanvasElement, unknown>()
    .scaleExtent([0.02, 60])
    // A drag that starts at an actor moves the actor.
    .filter((event: MouseEvent) => event.type === "wheel" || !actorAt(event))
    .on("zoom", ({ transform }) =>
      drawing.moveCamera({ k: transform.k, left: transform.x, top: transform.y }),
    );
  stage.call(zooming).on("dblclick.zoom", null);

  function actorAt(event: MouseEvent): string | null {
    if (!("offsetX" in event)) return null;
    const hit = drawing.at(pointOf(event));
    return hit && "actor" in hit ? hit.actor.slug : null;
  }

  let dragged: { slug: string | null; from: Point; hasMoved: boolean } | null = null;
  const isStill = (at: Point) =>
    dragged !== null && Math.hypot(at.x - dragged.from.x, at.y - dragged.from.y) < STILL;
  const ending = new AbortController();
  const on = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    listener: (event: HTMLElementEventMap[Type]) => void,
  ) => canvas.addEventListener(type, listener, { signal: ending.signal });

  on("pointerdown", (event) => {
    dragged = { slug: actorAt(event), from: pointOf(event), hasMoved: false };
    if (dragged.slug !== null) canvas.setPointerCapture(event.pointerId);
  });
  on("pointermove", (event) => {
    const at = pointOf(event);
    if (!dragged) {
      const hit = drawing.at(at);
      canvas.style.cursor = hit ? "pointer" : "grab";
      drawing.hover(hit);
    } else if (dragged.hasMoved || !isStill(at)) {
      if (dragged.slug !== null) {
        if (!dragged.hasMoved) drawing.grab(dragged.slug);
        drawing.pin(dragged.slug, at);
      }
      dragged.hasMoved = true;
    }
  });
  on("pointerup", (event) => {
    if (dragged && !dragged.hasMoved) onClick(drawing.at(pointOf(event)));
    dragged = null;
  });
  on("pointercancel", () => {
    dragged = null;
  });
  on("pointerleave", () => drawing.hover(null));
  on("dblclick", (event) => {
    const slug = actorAt(event);
    if (slug !== null) onOpen(slug);
  });

  return {
    /** Sets the state of d3-zoom to the camera after a fit. */
    follow: ({ k, left, top }: Camera) => {
      stage.property("__zoom", zoomIdentity.translate(left, top).scale(k));
    },
    zoomBy: (factor: number) => stage.call(zooming.scaleBy, factor),
    end: () => {
      ending.abort();
      stage.on(".zoom", null);
    },
  };
}
