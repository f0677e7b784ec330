/** Fills the form for a statement that corrects another with what the other claims. */

import type { KindTree } from "../kinds/kinds";
import type { Amount } from "../text/amounts";
import type { Corrected } from "./correction_query";
import { type Claim, type Fields, FIRST_CLAIM } from "./fields";
import { supportText } from "./support_text";

type Evidence = Corrected["evidence"]["nodes"][number];

/** The fields that follow from the corrected statement. */
export function correcting(statement: Corrected, kinds: KindTree): Partial<Fields> {
  const { id, text, speaker, evidence } = statement;
  return {
    corrects: { id, text },
    speaker: { slug: speaker.slug, name: speaker.name, kind: speaker.kind },
    claims: evidence.nodes.map((each) => claimAgain(each, kinds)),
  };
}

/** Copies a claim on the same support, for the user to change. */
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

/**
 * The number, or the lower end of a range. Empty for a minimum alone, such as "5 or more", for
 * which the form has no field.
 */
function lowerOf(amount: Pick<Amount, "value" | "low" | "high"> | null): string {
  return amount?.value ?? (amount?.high ? amount.low : null) ?? "";
}
