import { KindMark } from "../../kinds/kind_mark";
import type { KindTree } from "../../kinds/kinds";
import type { Question } from "../../question/question";
import type { Change } from "../../question/use_question";
import { Name } from "../../text/name";
import { words } from "../../words";
import type { Total } from "./totals_query";

interface Props {
  total: Total;
  question: Question;
  change: Change;
  kinds: KindTree;
}

/** What a bar stands for; a click selects the actor or filters by the kind. */
export function RowName({ total, question, change, kinds }: Props) {
  const { kind } = total;
  if (question.by === "kind" && kind) {
    return (
      <button
        type="button"
        className="link bar-name"
        onClick={() => change({ kinds: [{ kind, under: false }] })}
      >
        <KindMark kind={kind} /> {kinds.label(kind)}
      </button>
    );
  }
  const actor = question.by === "recipient" ? total.recipient : total.supporter;
  if (!actor) return <span className="bar-name quiet">{words.totals.unknown}</span>;
  const { selected } = question;
  const isSelected = selected?.type === "actor" && selected.slug === actor.slug;
  return (
    <button
      type="button"
      className="link bar-name"
      aria-current={isSelected || undefined}
      onClick={() => change({ selected: { type: "actor", slug: actor.slug } })}
    >
      <Name>{actor.name}</Name>
    </button>
  );
}
