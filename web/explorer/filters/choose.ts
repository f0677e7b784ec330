/** Computes what is chosen after a click on a kind or a term. */

import type { KindTree } from "../kinds/kinds";
import type { KindChoice } from "../question/question";

export type Chosen = "yes" | "no" | "partly";

/** Returns `yes` if the kind or a broader one is chosen, `partly` if only narrower kinds are. */
export function chosenState(kinds: KindChoice[], tree: KindTree, kind: string): Chosen {
  const above = tree.above(kind);
  const is_chosen = kinds.some((each) =>
    each.under ? above.includes(each.kind) : each.kind === kind,
  );
  if (is_chosen) return "yes";
  const under = tree.under(kind);
  return kinds.some((each) => under.includes(each.kind)) ? "partly" : "no";
}

/**
 * Chooses a kind with its narrower kinds, or removes the choice. A click on a kind that is chosen
 * through a broader one replaces the broader choice.
 */
export function toggleKind(kinds: KindChoice[], tree: KindTree, kind: string): KindChoice[] {
  const related = new Set([...tree.above(kind), ...tree.under(kind)]);
  const others = kinds.filter((each) => !related.has(each.kind));
  return kinds.some((each) => each.kind === kind) ? others : [...others, { kind, under: true }];
}

/** Adds an item to a list, or removes it. */
export function toggle<Item>(items: Item[], item: Item): Item[] {
  return items.includes(item) ? items.filter((each) => each !== item) : [...items, item];
}

/** Adds a term to the chosen ones, or removes it, in the order of the vocabulary. */
export function toggleTerm<Term extends string | number>(
  terms: readonly Term[],
  chosen: Term[],
  term: Term,
): Term[] {
  const next = toggle(chosen, term);
  return terms.filter((each) => next.includes(each));
}
