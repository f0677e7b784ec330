import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";

interface Props {
  question: Question;
  change: Change;
  newest: number | null;
}

/** As of which revision the data are shown. */
export function AsOf({ question, change, newest }: Props) {
  const { asOf } = question;
  return (
    <div className="as-of" data-past={asOf !== null || undefined}>
      <label>
        {words.time.asOf}{" "}
        <input
          type="number"
          min={1}
          max={newest ?? undefined}
          value={asOf ?? ""}
          placeholder={newest === null ? words.time.today : words.time.revision(newest)}
          onChange={({ target }) => {
            const isRevision = target.value !== "" && target.validity.valid;
            change({ asOf: isRevision ? Number(target.value) : null }, "replace");
          }}
        />
      </label>
      {asOf !== null && (
        <button type="button" onClick={() => change({ asOf: null })}>
          {words.time.backToToday}
        </button>
      )}
    </div>
  );
}
