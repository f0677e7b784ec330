import { useId } from "react";
import { KindMark } from "../../kinds/kind_mark";
import { useKinds } from "../../kinds/kinds";
import type { Question } from "../../question/question";
import type { Change } from "../../question/use_question";
import { words } from "../../words";
import { type Sort, SORTS } from "./matrix";

interface Props {
  question: Question;
  change: Change;
  sort: Sort;
}

/** The switch of kinds and the choice of the order. */
export function MatrixHead({ question, change, sort }: Props) {
  const id = useId();
  return (
    <div className="matrix-head">
      <KindSwitch question={question} change={change} />
      <span>
        <label htmlFor={id}>{words.matrix.order}</label>{" "}
        <select
          id={id}
          value={sort}
          onChange={(event) => change({ sort: event.target.value }, "replace")}
        >
          {SORTS.map((each) => (
            <option key={each} value={each}>
              {words.matrix.orders[each]}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}

/** The main kinds of support. The pressed one is the filter by kind of all views. */
function KindSwitch({ question, change }: Pick<Props, "question" | "change">) {
  const kinds = useKinds();
  const [only] = question.kinds.length === 1 ? question.kinds : [];
  return (
    <span className="kind-switch" role="group" aria-label={words.filters.kind}>
      <button
        type="button"
        aria-pressed={question.kinds.length === 0}
        onClick={() => change({ kinds: [] })}
      >
        {words.details.allKinds}
      </button>
      {kinds.main.map(({ kind, label }) => (
        <button
          key={kind}
          type="button"
          aria-pressed={only?.kind === kind}
          onClick={() => change({ kinds: [{ kind, under: true }] })}
        >
          <KindMark kind={kind} /> {label}
        </button>
      ))}
    </span>
  );
}
