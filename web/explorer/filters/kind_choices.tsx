import { useState } from "react";
import { KindMark } from "../kinds/kind_mark";
import { type Kind, useKinds } from "../kinds/kinds";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { Choice, Choices } from "./choices";
import { chosenState, toggleKind } from "./choose";
import type { ChoiceCounts } from "./counts";

interface Props {
  question: Question;
  change: Change;
  /** Null until the counts have loaded. */
  numbers: ChoiceCounts | null;
}

/** The hierarchy of kinds, to choose from at every level. */
export function KindChoices(props: Props) {
  const kinds = useKinds();
  return (
    <Choices legend={words.filters.kind}>
      <ul className="tree">
        {kinds.main.map((kind) => (
          <KindBranch key={kind.kind} kind={kind} {...props} />
        ))}
      </ul>
    </Choices>
  );
}

// Open at first, because most data sets are about these kinds.
const OPEN_FIRST = ["MILITARY"];

function KindBranch({ kind: info, ...props }: Props & { kind: Kind }) {
  const { question, change, numbers } = props;
  const { kind, label, description } = info;
  const kinds = useKinds();
  const state = chosenState(question.kinds, kinds, kind);
  const [isOpen, setOpen] = useState(OPEN_FIRST.includes(kind) || state === "partly");
  const children = kinds.children(kind);
  return (
    <li>
      <div className="branch">
        {children.length > 0 && (
          <button
            type="button"
            className="twist"
            aria-expanded={isOpen}
            aria-label={words.filters.narrower(label)}
            onClick={() => setOpen(!isOpen)}
          >
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <path d="M4 2.5 8 6l-4 3.5" />
            </svg>
          </button>
        )}
        <Choice
          label={label}
          hint={description}
          mark={<KindMark kind={kind} />}
          count={numbers?.kind(kind)}
          checked={state === "yes"}
          isPartly={state === "partly"}
          onChange={() => change({ kinds: toggleKind(question.kinds, kinds, kind) })}
        />
      </div>
      {isOpen && children.length > 0 && (
        <ul>
          {children.map((child) => (
            <KindBranch key={child.kind} kind={child} {...props} />
          ))}
        </ul>
      )}
    </li>
  );
}
