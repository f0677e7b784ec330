/**
 * Paints a scene on a canvas. Lines that look alike are stroked together, which keeps large scenes
 * fast.
 */

import { gapOf, type Label } from "./labels";
import type { Palette } from "../palette";
import { isLarge, type Scene, type SceneActor, type SceneLine } from "./scene";
import { traceOutline } from "./shapes";
import {
  type Fade,
  fadedParts,
  fadeOf,
  type Stroke,
  strokeOf,
  traceHeads,
  traceLine,
  tracePart,
} from "./strokes";

/** What is highlighted; if nothing is, nothing is faded. */
export interface Focus {
  actors: ReadonlySet<string>;
  lines: ReadonlySet<string>;
  /** Slugs of the actors that have a ring: selected, hovered over, or reached by the keyboard. */
  ringed: ReadonlySet<string>;
  /** Keys of the lines that are thick. */
  thick: ReadonlySet<string>;
}

export const FONTS = {
  actor: "600 13px system-ui, sans-serif",
  line: "12px system-ui, sans-serif",
};

export function draw(
  context: CanvasRenderingContext2D,
  scene: Scene,
  labels: readonly Label[],
  focus: Focus,
  palette: Palette,
): void {
  context.lineCap = "butt";
  drawLines(context, scene, focus, palette);
  for (const actor of scene.actors) drawActor(context, actor, focus, palette);
  for (const label of labels) drawLabel(context, label, isInFocus(label, focus), palette);
  context.globalAlpha = 1;
}

function drawLines(
  context: CanvasRenderingContext2D,
  scene: Scene,
  focus: Focus,
  palette: Palette,
): void {
  const { lines, widest } = scene;
  const areMany = isLarge(scene);
  const isFocused = focus.lines.size > 0 || focus.actors.size > 0;
  const batches = new Map<string, Batch>();
  const batchOf = (stroke: Stroke, paint: string | CanvasGradient, own = ""): Batch => {
    const key = `${stroke.colour} ${stroke.width} ${stroke.dashes.join()} ${stroke.opacity} ${own}`;
    const batch = batches.get(key) ?? {
      stroke,
      paint,
      curves: new Path2D(),
      heads: new Path2D(),
    };
    batches.set(key, batch);
    return batch;
  };
  for (const line of lines) {
    const stroke = strokeOf(line, palette, widest, isFocused && !focus.lines.has(line.line.key));
    if (focus.thick.has(line.line.key)) stroke.width += 2.5;
    const fade = fadeOf(line);
    if (fade && areMany) {
      for (const { from, to, opacity } of fadedParts(fade)) {
        const { curves } = batchOf({ ...stroke, opacity: stroke.opacity * opacity }, stroke.colour);
        tracePart(curves, line, from, to);
      }
      traceHeads(batchOf(stroke, stroke.colour).heads, line);
    } else {
      const paint = fade ? gradient(context, line, stroke.colour, fade) : stroke.colour;
      const batch = batchOf(stroke, paint, fade ? line.line.key : "");
      traceLine(batch.curves, line);
      traceHeads(batch.heads, line);
    }
  }
  // Highlighted lines are more opaque, so they are painted last.
  const sorted = [...batches.values()].sort((a, b) => a.stroke.opacity - b.stroke.opacity);
  for (const { stroke, paint, curves, heads } of sorted) {
    context.globalAlpha = stroke.opacity;
    context.strokeStyle = paint;
    context.fillStyle = stroke.colour;
    context.lineWidth = stroke.width;
    context.setLineDash(stroke.dashes);
    context.stroke(curves);
    context.fill(heads);
  }
  context.setLineDash([]);
}

/** Lines that are stroked together. */
interface Batch {
  stroke: Stroke;
  paint: string | CanvasGradient;
  curves: Path2D;
  heads: Path2D;
}

function gradient(
  context: CanvasRenderingContext2D,
  { start, end }: SceneLine,
  colour: string,
  fade: Fade,
): CanvasGradient {
  const made = context.createLinearGradient(start.x, start.y, end.x, end.y);
  for (const [offset, opacity] of fade) {
    made.addColorStop(offset, `color-mix(in srgb, ${colour} ${opacity * 100}%, transparent)`);
  }
  return made;
}

function drawActor(
  context: CanvasRenderingContext2D,
  { slug, kind, x, y, radius, isPinned }: SceneActor,
  focus: Focus,
  palette: Palette,
): void {
  const isFaded = focus.actors.size > 0 && !focus.actors.has(slug);
  context.globalAlpha = isFaded ? 0.25 : 1;
  context.fillStyle = palette.actor;
  context.strokeStyle = palette.page;
  context.lineWidth = 2;
  context.beginPath();
  traceOutline(context, kind, x, y, radius);
  context.fill();
  context.stroke();
  if (isPinned) {
    context.fillStyle = palette.page;
    context.beginPath();
    traceOutline(context, "STATE", x, y, Math.max(radius / 4, 1.5));
    context.fill();
  }
  if (focus.ringed.has(slug)) {
    context.strokeStyle = palette.accent;
    context.lineWidth = 3;
    context.beginPath();
    traceOutline(context, kind, x, y, radius + 4);
    context.stroke();
  }
}

function isInFocus({ of, key }: Label, { actors, lines }: Focus): boolean {
  return actors.size === 0 || (of === "actor" ? actors : lines).has(key);
}

function drawLabel(
  context: CanvasRenderingContext2D,
  label: Label,
  isClear: boolean,
  palette: Palette,
): void {
  const { text, x, y, angle, of } = label;
  context.font = FONTS[of];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = palette.page;
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.globalAlpha = 1;
  if (of === "line") {
    const gap = gapOf(label);
    context.fillStyle = palette.page;
    context.fillRect(gap.x, gap.y, gap.width, gap.height);
  }
  context.globalAlpha = isClear ? 1 : 0.35;
  context.fillStyle = palette.ink;
  // An outline in the page's colour keeps a label readable over lines.
  context.strokeText(text, 0, 0);
  context.fillText(text, 0, 0);
  context.restore();
}
