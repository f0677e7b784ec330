import { useId, useState } from "react";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";

interface Props {
  question: Question;
  change: Change;
  newest: number | null;
}

/**
 * The typed text, whether it is a number that can be a revision, and the revision that it has
 * selected; null for the newest.
 */
interface Draft {
  text: string;
  isRevision: boolean;
  asOf: number | null;
}

/** The field for the revision as of which the page shows the data. */
export function AsOf({ question, change, newest }: Props) {
  const { asOf } = question;
  const hint = useId();
  const [draft, setDraft] = useState<Draft | null>(null);
  // The revision was changed elsewhere, so the typed text is outdated.
  if (draft && draft.asOf !== asOf) setDraft(null);
  const isWrong = draft ? !draft.isRevision : asOf !== null && newest !== null && asOf > newest;
  return (
    <div className="as-of" data-past={asOf !== null || undefined}>
      <label>
        {words.time.asOf}{" "}
        <input
          type="number"
          min={1}
          max={newest ?? undefined}
          value={draft?.text ?? asOf ?? ""}
          placeholder={newest === null ? words.time.today : words.time.revision(newest)}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? hint : undefined}
          onChange={({ target }) => {
            const { value: text, validity } = target;
            const typed = text !== "" && validity.valid ? Number(text) : null;
            // An empty text selects the newest revision; invalid input has an empty value too.
            const isRevision = typed !== null || (text === "" && validity.valid);
            setDraft({ text, isRevision, asOf: typed });
            change({ asOf: typed }, "replace");
          }}
        />
      </label>
      {isWrong && newest !== null && (
        <p id={hint} className="as-of-wrong" role="alert">
          {words.time.noRevision(newest)}
        </p>
      )}
      {asOf !== null && (
        <button type="button" onClick={() => change({ asOf: null })}>
          {words.time.backToToday}
        </button>
      )}
    </div>
  );
}
