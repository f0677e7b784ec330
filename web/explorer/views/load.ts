/**
 * Loads the code of a view when it is first opened. This module does not import React: see
 * `start.ts`.
 */

import type { ViewName } from "../question/question";
import type { View } from "./view";

const LOADERS: Record<ViewName, () => Promise<{ default: View }>> = {
  network: () => import("./network/view"),
  map: () => import("./map/view"),
  matrix: () => import("./matrix/view"),
  table: () => import("./table/view"),
  totals: () => import("./totals/view"),
};

const loaded = new Map<ViewName, View>();

/** Loads the code of a view, unless it is loaded already. */
export async function loadView(name: ViewName): Promise<void> {
  const module = await LOADERS[name]();
  loaded.set(name, module.default);
}

/** Returns the view if its code is loaded. */
export function loadedView(name: ViewName): View | null {
  return loaded.get(name) ?? null;
}
