import { type KindTree, useKinds } from "../kinds/kinds";
import { amountText } from "../text/amounts";
import { words } from "../words";
import { type Claim, type Fields, inputOf } from "./fields";

const text = words.record;

/** The sentences that will be recorded; none for a claim that is still incomplete. */
export function Preview({ fields }: { fields: Fields }) {
  const kinds = useKinds();
  const sentences = fields.claims.flatMap((claim) => sentence(fields, claim, kinds) ?? []);
  const isWithdrawal = fields.corrects !== null && fields.claims.length === 0;
  if (sentences.length === 0 && !isWithdrawal) return null;
  return (
    <div className="preview">
      <p className="quiet">{text.preview}</p>
      <ul>
        {isWithdrawal && <li>{text.withdrawal(fields.speaker.name || words.table.unknown)}</li>}
        {sentences.map((each, place) => (
          <li key={place}>
            <bdi>{each}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

function sentence(fields: Fields, claim: Claim, kinds: KindTree): string | null {
  const support = claim.support?.text ?? described(claim, kinds);
  if (support === null) return null;
  const place = fields.claims.indexOf(claim);
  const { quantity, worth } = inputOf(fields).claims?.[place] ?? {};
  const amounts = [quantity, worth].map((amount) =>
    amountText(amount ? { ...NO_AMOUNT, ...(amount as Partial<typeof NO_AMOUNT>) } : null),
  );
  return text.sentence({
    speaker: fields.speaker.name || words.table.unknown,
    stance: words.stances[claim.stance as keyof typeof words.stances],
    support: [support, ...amounts.filter(Boolean)].join(", "),
  });
}

const NO_AMOUNT = {
  value: null,
  low: null,
  high: null,
  unit: null,
  currency: null,
  estimated: null,
};

function described(claim: Claim, kinds: KindTree): string | null {
  const giver = giverText(claim);
  if (!giver || !claim.recipient.name || !claim.kind) return null;
  return text.support({
    giver,
    recipient: claim.recipient.name,
    kind: kinds.label(claim.kind),
    phase: words.phases[claim.phase as keyof typeof words.phases],
  });
}

function giverText({ attribution, supporter, candidates, atLeast }: Claim): string {
  if (attribution === "CERTAIN") return supporter.name;
  if (attribution === "UNKNOWN") return words.table.unknown;
  const names = candidates.map(({ name }) => name);
  if (names.some((name) => name.trim() === "")) return "";
  return text.someOf(atLeast, names);
}
