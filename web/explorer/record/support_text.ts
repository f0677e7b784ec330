import type { KindTree } from "../kinds/kinds";
import type { Phase } from "../question/question";
import { words } from "../words";

interface Named {
  name: string;
}

interface Support {
  supporter: Named | null;
  candidates: { nodes: readonly Named[] };
  recipient: Named | null;
  kind: string;
  phase: Phase;
}

/** Describes an existing support in one line. */
export function supportText(support: Support, kinds: KindTree): string {
  const { supporter, candidates, recipient, kind, phase } = support;
  const names = candidates.nodes.map(({ name }) => name);
  const giver = supporter?.name ?? (names.join(", ") || words.table.unknown);
  return words.record.support({
    giver,
    recipient: recipient?.name ?? words.table.unknown,
    kind: kinds.label(kind),
    phase: words.phases[phase],
  });
}
