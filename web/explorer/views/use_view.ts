import { useEffect, useState } from "react";
import type { ViewName } from "../question/question";
import { loadedView, loadView } from "./load";
import type { View } from "./view";

/** Returns the view once its code has loaded; null until then. */
export function useView(name: ViewName): View | null {
  const [, setCount] = useState(0);
  useEffect(() => {
    if (loadedView(name)) return;
    let is_wanted = true;
    void loadView(name).then(() => is_wanted && setCount((count) => count + 1));
    return () => {
      is_wanted = false;
    };
  }, [name]);
  return loadedView(name);
}
