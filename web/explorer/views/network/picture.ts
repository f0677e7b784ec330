/**
 * An image of a large scene, which stands in for it while the camera moves, until the scene is
 * painted again.
 */

import type { Camera } from "./scene";

export class Picture {
  private readonly canvas = document.createElement("canvas");
  private camera: Camera | null = null;

  /** Copies what a canvas shows now. */
  take(from: HTMLCanvasElement, camera: Camera): void {
    this.canvas.width = from.width;
    this.canvas.height = from.height;
    this.canvas.getContext("2d")?.drawImage(from, 0, 0);
    this.camera = camera;
  }

  /** Paints the image, moved and scaled to another camera, in a window of this size. */
  paint(
    context: CanvasRenderingContext2D,
    camera: Camera,
    [width, height]: [number, number],
    opacity: number,
  ): void {
    if (!this.camera) return;
    const scale = camera.k / this.camera.k;
    context.globalAlpha = opacity;
    context.drawImage(
      this.canvas,
      camera.left - this.camera.left * scale,
      camera.top - this.camera.top * scale,
      width * scale,
      height * scale,
    );
    context.globalAlpha = 1;
  }
}
