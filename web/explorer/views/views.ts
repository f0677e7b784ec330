/** Loads the code of a view when it is first opened. */

import { useEffect, useState } from "react";
import type { ViewName } from "../question/question";
import type { View } from "./view";

const LOADERS: Partial<Record<ViewName, () => Promise<{ default: View }>>> = {
  network: () => import("./network/view"),
  map: () => import("./map/view"),
  matrix: () => import("./matrix/view"),
  table: () => import("./table/view"),
  totals: () => import("./totals/view"),
};

/** The views there are, in the order of their tabs. */
export const VIEW_NAMES = Object.keys(LOADERS) as ViewName[];

const loaded = new Map<ViewName, View>();

/** Loads the code of a view, unless it is there. */
export async function loadView(name: ViewName): Promise<void> {
  const module = await LOADERS[name]?.();
  if (module) loaded.set(name, module.default);
}

/** The view once its code is there; null until then. */
export function useView(name: ViewName): View | null {
  const [, setCount] = useState(0);
  useEffect(() => {
    if (loaded.has(name)) return;
    let is_wanted = true;
    void loadView(name).then(() => is_wanted && setCount((count) => count + 1));
    return () => {
      is_wanted = false;
    };
  }, [name]);
  return loaded.get(name) ?? null;
}
