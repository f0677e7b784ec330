/**
 * Paints scenes on a canvas. A large scene is painted once; while the camera moves, its image is
 * moved and scaled.
 */

import { draw, FONTS, type Focus } from "./draw";
import { type Label, placeLabels } from "./labels";
import { type Palette, readPalette } from "../palette";
import { Picture } from "./picture";
import { type Camera, isLarge, type Scene } from "./scene";
import { svgOf } from "./svg";

const NO_FOCUS: Focus = {
  actors: new Set(),
  lines: new Set(),
  ringed: new Set(),
  thick: new Set(),
};

export class Painter {
  width = 0;
  height = 0;
  private readonly context: CanvasRenderingContext2D;
  private readonly picture = new Picture();
  private isPictured = false;
  /**
   * The camera of a large scene that is on the canvas but not copied to the picture yet; else null.
   */
  private painted: Camera | null = null;
  private labels: Label[] = [];
  private palette: Palette;

  constructor(readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("The canvas has no 2D context.");
    this.context = context;
    this.palette = readPalette(canvas.parentElement ?? document.body);
  }

  /** Adopts the size of the window and the colours of the current colour scheme. */
  resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    [this.width, this.height] = [clientWidth, clientHeight];
    this.canvas.width = clientWidth * window.devicePixelRatio;
    this.canvas.height = clientHeight * window.devicePixelRatio;
    this.palette = readPalette(this.canvas.parentElement ?? document.body);
    this.isPictured = false;
    this.painted = null;
  }

  /** Discards the picture: more has changed than what is highlighted. */
  forget(): void {
    this.isPictured = false;
  }

  paint(scene: Scene, focus: Focus, camera: Camera): void {
    if (!isLarge(scene)) {
      this.painted = null;
      return this.paintAll(scene, focus);
    }
    const isFocused = focus.actors.size > 0;
    if (!this.isPictured) {
      this.paintAll(scene, NO_FOCUS);
      this.painted = camera;
      this.isPictured = true;
      // Copying to the picture waits: most scenes are replaced before they need one.
      if (!isFocused) return;
    }
    this.paintPicture(camera, isFocused ? 0.3 : 1);
    if (isFocused) this.paintOn(standingOut(scene, focus), focus);
  }

  /** Paints the last picture of a large scene, moved and scaled to another camera. */
  paintPicture(camera: Camera, opacity = 1): void {
    if (this.painted) this.picture.take(this.canvas, this.painted);
    this.painted = null;
    this.clear();
    this.picture.paint(this.context, camera, [this.width, this.height], opacity);
  }

  svg(scene: Scene): string {
    return svgOf(scene, this.labels, this.palette, this.width, this.height);
  }

  private paintAll(scene: Scene, focus: Focus): void {
    this.clear();
    this.paintOn(scene, focus);
  }

  private paintOn(scene: Scene, focus: Focus): void {
    const measure = (text: string, of: Label["of"]) => {
      this.context.font = FONTS[of];
      return this.context.measureText(text).width;
    };
    const limits = { width: this.width, height: this.height, measure };
    this.labels = placeLabels(scene, focus.ringed, limits);
    draw(this.context, scene, this.labels, focus, this.palette);
  }

  private clear(): void {
    const density = window.devicePixelRatio;
    this.context.setTransform(density, 0, 0, density, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
  }
}

function standingOut({ actors, lines, widest }: Scene, focus: Focus): Scene {
  return {
    widest,
    actors: actors.filter(({ slug }) => focus.actors.has(slug)),
    lines: lines.filter(({ line }) => focus.lines.has(line.key)),
  };
}
