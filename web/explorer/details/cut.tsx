import { words } from "../words";

/** States how many items of a list are shown, if there are more. */
export function Cut({ shown, all }: { shown: number; all: number }) {
  if (shown >= all) return null;
  return <p className="quiet">{words.details.firstOf(shown, all)}</p>;
}
