import { words } from "../words";

/** Says that a list goes on, where it does. */
export function Cut({ shown, all }: { shown: number; all: number }) {
  if (shown >= all) return null;
  return <p className="quiet">{words.details.firstOf(shown, all)}</p>;
}
