/** Computes the remaining steps of a large layout in a worker. */

import type { Layout, Places } from "./layout";

/**
 * Calls `onSettled` with the places when the steps are done. Returns a function that stops the
 * worker before.
 */
export function settleBeside(layout: Layout, onSettled: (places: Places) => void): () => void {
  const worker = new Worker(new URL("./layout_worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Places>) => {
    worker.terminate();
    onSettled(data);
  };
  worker.postMessage(layout);
  return () => worker.terminate();
}
