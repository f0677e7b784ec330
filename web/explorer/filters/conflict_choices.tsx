import { useState } from "react";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { Choice, Choices } from "./choices";
import { toggle } from "./choose";
import type { ConflictCount } from "./counts";

interface Props {
  question: Question;
  change: Change;
  conflicts: readonly ConflictCount[];
}

/** A button shows the rest: a data set of wars has hundreds. */
const FIRST_SHOWN = 5;

/** The conflicts to which supports belong; nothing if no support belongs to one. */
export function ConflictChoices({ question, change, conflicts }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (conflicts.length === 0) return null;
  const chosen = question.conflicts;
  const shown = conflicts.filter(
    ({ slug }, place) => isOpen || place < FIRST_SHOWN || chosen.includes(slug),
  );
  return (
    <Choices legend={words.filters.conflict}>
      {shown.map(({ slug, name, supports }) => (
        <Choice
          key={slug}
          label={name}
          count={supports}
          checked={chosen.includes(slug)}
          onChange={() => change({ conflicts: toggle(chosen, slug) })}
        />
      ))}
      {(isOpen || shown.length < conflicts.length) && (
        <button
          type="button"
          className="link more"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? words.filters.fewerConflicts : words.filters.moreConflicts(conflicts.length)}
        </button>
      )}
    </Choices>
  );
}
