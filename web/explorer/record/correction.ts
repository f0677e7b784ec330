/** A statement that corrects another begins with what the other claims. */

import type { KindTree } from "../kinds/kinds";
import type { Amount } from "../text/amounts";
import type { Corrected } from "./correction_query";
import { type Claim, type Fields, FIRST_CLAIM } from "./fields";
import { supportText } from "./support_text";

type Evidence = Corrected["evidence"]["nodes"][number];

/** The parts of the form that follow from the statement that is corrected. */
export function correcting(statement: Corrected, kinds: KindTree): Partial<Fields> {
  const { id, text, speaker, evidence } = statement;
  return {
    corrects: { id, text },
    speaker: { slug: speaker.slug, name: speaker.name, kind: speaker.kind },
    claims: evidence.nodes.map((each) => claimAgain(each, kinds)),
  };
}

/** The same claim on the same support, to be changed. */
function claimAgain({ stance, quantity, worth, note, support }: Evidence, kinds: KindTree): Claim {
  return {
    ...FIRST_CLAIM,
    stance,
    support: { id: support.id, text: supportText(support, kinds) },
    quantity: lowerOf(quantity),
    quantityTo: quantity?.high ?? "",
    unit: quantity?.unit ?? FIRST_CLAIM.unit,
    worth: lowerOf(worth),
    worthTo: worth?.high ?? "",
    worthUnit: worth?.unit ?? FIRST_CLAIM.worthUnit,
    currency: worth?.currency ?? FIRST_CLAIM.currency,
    isEstimated: quantity?.estimated === true || worth?.estimated === true,
    note: note ?? "",
  };
}

/** The number, or the lower end of a range; "5 or more" has no place in the form. */
function lowerOf(amount: Pick<Amount, "value" | "low" | "high"> | null): string {
  return amount?.value ?? (amount?.high ? amount.low : null) ?? "";
}
