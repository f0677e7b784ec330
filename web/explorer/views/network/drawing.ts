/** The drawing of a network on one canvas: what it shows, where the camera is, and when to paint. */

import type { Size } from "../../question/question";
import { draw, FONTS, type Focus } from "./draw";
import { type Hit, hitAt } from "./hits";
import { type Label, placeLabels } from "./labels";
import { layOut, type Placed, type Point } from "./layout";
import type { Line } from "./lines";
import type { NetworkNode } from "./network_query";
import { type Palette, readPalette } from "./palette";
import { Picture } from "./picture";
import { type Camera, cameraFor, type Scene, sceneOf } from "./scene";
import { svgOf } from "./svg";

/** What React hands over at each change. */
export interface Shown {
  nodes: readonly NetworkNode[];
  lines: readonly Line[];
  size: Size;
}

/** What stands out: a selection, what the pointer is over, or where the keyboard walks. */
export interface Marks {
  actor: string | null;
  lines: ReadonlySet<string>;
}

/** A scene with more actors and lines is painted once, and moved as a picture. */
const LARGE = 900;
/** Milliseconds without a movement until a large scene is painted again. */
const REST = 140;
const NOTHING: Marks = { actor: null, lines: new Set() };
const NO_FOCUS: Focus = {
  actors: new Set(),
  lines: new Set(),
  ringed: new Set(),
  thick: new Set(),
};

export class Drawing {
  readonly context: CanvasRenderingContext2D;
  camera: Camera = { k: 1, left: 0, top: 0 };
  scene: Scene = { actors: [], lines: [] };
  private shown: Shown = { nodes: [], lines: [], size: "both" };
  private places = new Map<string, Placed>();
  private labels: Label[] = [];
  private marks = NOTHING;
  private hovered: Hit = null;
  private palette: Palette;
  private width = 0;
  private height = 0;
  private frame = 0;
  private isFitted = false;
  private readonly picture = new Picture();
  private isPictured = false;
  private resting = 0;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly onCamera: (camera: Camera) => void,
  ) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("The canvas has no 2D context.");
    this.context = context;
    this.palette = readPalette(canvas.parentElement ?? document.body);
  }

  /** Shows another network. Actors that stay keep their places. */
  show(shown: Shown): void {
    const slugs = shown.nodes.map(({ actor }) => actor.slug);
    const isOther = !slugs.some((slug) => this.places.has(slug));
    this.places = layOut(slugs, shown.lines, isOther ? new Map() : this.places);
    this.shown = shown;
    if (isOther || slugs.length !== this.scene.actors.length) this.isFitted = false;
    this.change();
  }

  mark(marks: Marks): void {
    this.marks = marks;
    this.repaint();
  }

  hover(hit: Hit): void {
    if (keyOf(hit) === keyOf(this.hovered)) return;
    this.hovered = hit;
    this.repaint();
  }

  /** Takes the size of its window, and the colours of the scheme. */
  resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    const density = window.devicePixelRatio;
    [this.width, this.height] = [clientWidth, clientHeight];
    this.canvas.width = clientWidth * density;
    this.canvas.height = clientHeight * density;
    this.palette = readPalette(this.canvas.parentElement ?? document.body);
    this.isFitted = false;
    this.change();
  }

  fit(): void {
    this.isFitted = false;
    this.change();
  }

  moveCamera(camera: Camera): void {
    this.camera = camera;
    if (this.isLarge) this.moveAsPicture();
    else this.repaint();
  }

  /** Moves an actor to a point of the screen, where it stays. */
  pin(slug: string, { x, y }: Point): void {
    const { k, left, top } = this.camera;
    this.places.set(slug, { x: (x - left) / k, y: (y - top) / k, isPinned: true });
    this.repaint();
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.change(), REST);
  }

  unpin(slug: string): void {
    const place = this.places.get(slug);
    if (place) this.places.set(slug, { ...place, isPinned: false });
    this.change();
  }

  at(point: Point): Hit {
    return hitAt(this.scene, point);
  }

  svg(): string {
    return svgOf(this.scene, this.labels, this.palette, this.width, this.height);
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
  }

  private get isLarge(): boolean {
    return this.shown.nodes.length + this.shown.lines.length > LARGE;
  }

  /** Paints once before the next frame, however often it is asked. */
  private repaint(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.paint());
  }

  private moveAsPicture(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.clear();
      this.picture.paint(this.context, this.camera, [this.width, this.height], 1);
    });
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.change(), REST);
  }

  /** Something has changed but what stands out. */
  private change(): void {
    this.isPictured = false;
    this.repaint();
  }

  private paint(): void {
    if (this.width === 0 || this.height === 0) return;
    if (!this.isFitted && this.places.size > 0) {
      this.isFitted = true;
      this.camera = cameraFor(this.places.values(), this.width, this.height);
      this.onCamera(this.camera);
    }
    const { nodes, lines, size } = this.shown;
    this.scene = sceneOf(nodes, lines, this.places, this.camera, size);
    const focus = this.focus();
    if (!this.isLarge) return this.paintScene(this.scene, focus);
    if (!this.isPictured) {
      this.paintScene(this.scene, NO_FOCUS);
      this.picture.take(this.canvas, this.camera);
      this.isPictured = true;
    }
    this.clear();
    const isFocused = focus.actors.size > 0;
    const opacity = isFocused ? 0.3 : 1;
    this.picture.paint(this.context, this.camera, [this.width, this.height], opacity);
    if (isFocused) this.paintOver(focus);
  }

  private clear(): void {
    const density = window.devicePixelRatio;
    this.context.setTransform(density, 0, 0, density, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
  }

  private paintScene(scene: Scene, focus: Focus): void {
    this.clear();
    this.paintOn(scene, focus);
  }

  /** Paints what stands out over the picture of all. */
  private paintOver(focus: Focus): void {
    const actors = this.scene.actors.filter(({ slug }) => focus.actors.has(slug));
    const lines = this.scene.lines.filter(({ line }) => focus.lines.has(line.key));
    this.paintOn({ actors, lines }, focus);
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

  /** The pointer comes before the selection. */
  private focus(): Focus {
    const { actor, lines } = this.marksNow();
    const isIn = (line: Line) =>
      lines.has(line.key) || line.source === actor || line.target === actor;
    const near = actor === null && lines.size === 0 ? [] : this.shown.lines.filter(isIn);
    const ringed = [this.marks.actor, actor].filter((slug) => slug !== null);
    return {
      actors: new Set([...near.flatMap((line) => [line.source, line.target]), ...ringed]),
      lines: new Set(near.map((line) => line.key)),
      ringed: new Set(ringed),
      thick: new Set([...lines, ...this.marks.lines]),
    };
  }

  private marksNow(): Marks {
    if (!this.hovered) return this.marks;
    if ("actor" in this.hovered) return { actor: this.hovered.actor.slug, lines: new Set() };
    return { actor: null, lines: new Set([this.hovered.line.line.key]) };
  }
}

function keyOf(hit: Hit): string | null {
  if (!hit) return null;
  return "actor" in hit ? hit.actor.slug : hit.line.line.key;
}
