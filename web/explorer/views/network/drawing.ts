/** The drawing of a network: what it shows, its camera, and when it paints. */

import type { Size } from "../../question/question";
import { markDrawn } from "../drawn";
import type { Focus } from "./draw";
import { type Hit, hitAt } from "./hits";
import { hiddenMiddle, type Marks } from "./marks";
import { type Layout, layOut, type Placed, type Places, type Point, turnedFor } from "./layout";
import type { Line } from "./lines";
import type { NetworkNode } from "./network_query";
import { Painter } from "./painter";
import { type Camera, cameraFor, isLarge, type Scene, sceneOf } from "./scene";
import { settleBeside } from "./settling";

/** What React passes at each change. */
export interface Shown {
  nodes: readonly NetworkNode[];
  lines: readonly Line[];
  size: Size;
}

/** Whether both have the same actors and lines, in the same order. */
export function isSameNetwork(one: Shown, other: Shown): boolean {
  return (
    one.nodes.length === other.nodes.length &&
    one.lines.length === other.lines.length &&
    one.nodes.every(({ actor }, index) => actor.slug === other.nodes[index]?.actor.slug) &&
    one.lines.every(({ key }, index) => key === other.lines[index]?.key)
  );
}

const NOTHING: Marks = { actor: null, lines: new Set() };
/** Milliseconds without a movement after which a large scene is painted again. */
const REST = 140;
/** Milliseconds until a painted frame is on the screen. */
const UNTIL_SHOWN = 50;

export class Drawing {
  private scene: Scene = { actors: [], lines: [], widest: 0 };
  private readonly painter: Painter;
  private camera: Camera = { k: 1, left: 0, top: 0 };
  private shown: Shown = { nodes: [], lines: [], size: "both" };
  private places = new Map<string, Placed>();
  /** The layout whose remaining steps start after the next paint, so that they do not delay it. */
  private unsettled: Layout | null = null;
  private endSettling = () => {};
  /** The place of each moved actor before the move, the last move at the end. */
  private moved: [slug: string, place: Placed][] = [];
  private marks = NOTHING;
  private hovered: Hit = null;
  private isFitted = false;
  private isOther = false;
  /** Whether the user has moved the camera since it was fitted. */
  private isAimed = false;
  /** Whether the marked actor or lines may be outside the window. */
  private mayBeHidden = false;
  private frame = 0;
  private resting = 0;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly onFit: (camera: Camera) => void,
  ) {
    this.painter = new Painter(canvas);
  }

  /** Shows a network. Actors that were in the one before keep their places. */
  show(shown: Shown): void {
    const slugs = shown.nodes.map(({ actor }) => actor.slug);
    const isOther = !slugs.some((slug) => this.places.has(slug));
    const layout = layOut(slugs, shown.lines, isOther ? new Map() : this.places);
    if (isOther) {
      const { clientWidth, clientHeight } = this.canvas;
      layout.places = turnedFor(layout.places, clientWidth, clientHeight);
    }
    // Keeps the moves if the same network arrives again, reloaded after an unrelated write.
    if (isOther || !isSameNetwork(shown, this.shown)) this.moved = [];
    this.endSettling();
    this.unsettled = layout.steps > 0 ? layout : null;
    this.places = new Map(layout.places);
    this.shown = shown;
    this.isOther = true;
    if (isOther || slugs.length !== this.scene.actors.length) this.isFitted = false;
    this.change();
  }

  /**
   * Starts the worker after the frame is on the screen: starting it takes as long as painting a
   * small scene.
   */
  private settleSoon(layout: Layout): void {
    const waiting = setTimeout(() => {
      this.endSettling = settleBeside(layout, (places) => this.settle(places));
    }, UNTIL_SHOWN);
    this.endSettling = () => clearTimeout(waiting);
  }

  /** Moves the actors to their settled places, except those that the user has moved meanwhile. */
  private settle(places: Places): void {
    for (const [slug, place] of places) {
      if (!this.places.get(slug)?.isPinned) this.places.set(slug, place);
    }
    if (!this.isAimed) this.isFitted = false;
    this.change();
  }

  mark(marks: Marks): void {
    this.marks = marks;
    this.mayBeHidden = true;
    this.repaint();
  }

  hover(hit: Hit): void {
    if (keyOf(hit) === keyOf(this.hovered)) return;
    this.hovered = hit;
    this.repaint();
  }

  resize(): void {
    const { width, height } = this.painter;
    this.painter.resize();
    if (!this.isAimed) return this.fit();
    // If the user has moved the camera, the middle of the window stays the same.
    const { k, left, top } = this.camera;
    this.aim({
      k,
      left: left + (this.painter.width - width) / 2,
      top: top + (this.painter.height - height) / 2,
    });
    this.mayBeHidden = true;
    this.change();
  }

  private aim(camera: Camera): void {
    this.camera = camera;
    this.onFit(camera);
  }

  fit(): void {
    this.isFitted = false;
    this.change();
  }

  moveCamera(camera: Camera): void {
    this.camera = camera;
    this.isAimed = true;
    if (!isLarge(this.scene)) return this.repaint();
    this.onFrame(() => this.painter.paintPicture(this.camera));
    this.changeAtRest();
  }

  /**
   * Called when the user begins to move an actor: records its place, so that the whole move can be
   * undone.
   */
  grab(slug: string): void {
    const place = this.places.get(slug);
    if (place) this.moved.push([slug, place]);
  }

  /** Undoes the last move of an actor. Returns whether there was one in this network. */
  undoMove(): boolean {
    const last = this.moved.pop();
    if (!last) return false;
    this.places.set(...last);
    this.change();
    return true;
  }

  /** Moves an actor to a point of the window, where it stays. */
  pin(slug: string, { x, y }: Point): void {
    const { k, left, top } = this.camera;
    this.places.set(slug, { x: (x - left) / k, y: (y - top) / k, isPinned: true });
    this.repaint();
    this.changeAtRest();
  }

  /** Lays all actors out again, including those that the user has moved. */
  release(): void {
    this.places.clear();
    this.show(this.shown);
  }

  /** Returns the current scene, which may not be painted yet. */
  current(): Scene {
    const { nodes, lines, size } = this.shown;
    return sceneOf(nodes, lines, this.places, this.camera, size);
  }

  at(point: Point): Hit {
    return hitAt(this.scene, point);
  }

  svg(): string {
    return this.painter.svg(this.scene);
  }

  close(): void {
    this.endSettling();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
  }

  /** Paints everything again: more has changed than what is highlighted. */
  private change(): void {
    this.painter.forget();
    this.repaint();
  }

  private changeAtRest(): void {
    clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.change(), REST);
  }

  private repaint(): void {
    this.onFrame(() => this.paint());
  }

  /** Paints once in the next frame, however often it is called before. */
  private onFrame(paint: () => void): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(paint);
  }

  private paint(): void {
    const { width, height } = this.painter;
    if (width === 0 || height === 0) return;
    if (!this.isFitted && this.places.size > 0) {
      this.isFitted = true;
      this.isAimed = false;
      this.aim(cameraFor(this.places.values(), width, height));
    }
    this.scene = this.current();
    if (this.mayBeHidden) this.reveal();
    this.mayBeHidden = false;
    this.painter.paint(this.scene, this.focus(), this.camera);
    if (this.isOther) markDrawn();
    this.isOther = false;
    if (this.unsettled) this.settleSoon(this.unsettled);
    this.unsettled = null;
  }

  /** Moves the camera to the marked actor or lines if all of them are outside the window. */
  private reveal(): void {
    const { width, height } = this.painter;
    const hidden = hiddenMiddle(this.scene, this.marks, width, height);
    if (!hidden) return;
    const { k, left, top } = this.camera;
    this.aim({ k, left: left + width / 2 - hidden.x, top: top + height / 2 - hidden.y });
    this.painter.forget();
    this.scene = this.current();
  }

  /** Returns what is highlighted. What the pointer is over takes precedence over the selection. */
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
