/** What the question's kinds are after a person has clicked one. */

import type { KindTree } from "../kinds/kinds";
import type { KindChoice } from "../question/question";

export type Chosen = "yes" | "no" | "partly";

/** Whether a kind is chosen, itself or with one above it, or only kinds below it are. */
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
 * Chooses a kind with all below it, or takes the choice back. Of a kind that is chosen with one
 * above it, a click leaves this one alone.
 */
export function toggleKind(kinds: KindChoice[], tree: KindTree, kind: string): KindChoice[] {
  const related = new Set([...tree.above(kind), ...tree.under(kind)]);
  const others = kinds.filter((each) => !related.has(each.kind));
  return kinds.some((each) => each.kind === kind) ? others : [...others, { kind, under: true }];
}

/** Adds an item to a list, or takes it out. */
export function toggle<Item>(items: Item[], item: Item): Item[] {
  return items.includes(item) ? items.filter((each) => each !== item) : [...items, item];
}

/** In the order of a vocabulary. */
export function toggleTerm<Term extends string | number>(
  terms: readonly Term[],
  chosen: Term[],
  term: Term,
): Term[] {
  const next = toggle(chosen, term);
  return terms.filter((each) => next.includes(each));
}
