import { useDeferredValue, useMemo, useState } from "react";
import { useAnswer } from "../api/use_answer";
import { SEARCH_ID } from "../header/use_keys";
import { useKinds } from "../kinds/kinds";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { askFound, type Found, pieces, type Suggestion, suggestionsOf } from "./find";
import { useCombobox } from "./use_combobox";

/** A search box with suggestions: records of every type that search finds. */
export function SearchBox({ question, change }: { question: Question; change: Change }) {
  const [text, setText] = useState("");
  const kinds = useKinds();
  const wanted = useDeferredValue(text.trim());
  const { data, error } = useAnswer(askFound(wanted, question.asOf));
  const found = useMemo(() => (data ? suggestionsOf(data, kinds) : []), [data, kinds]);
  const box = useCombobox({
    count: found.length,
    isAnswered: wanted !== "" && (data !== null || error !== null),
    choose: (place) => {
      const suggestion = found[place];
      if (suggestion) change(suggestion.parts);
      setText("");
    },
    clear: () => setText(""),
  });
  const isNothing = box.isShown && found.length === 0;
  return (
    <div className="search combobox" role="search">
      <input
        {...box.inputProps}
        id={SEARCH_ID}
        type="text"
        maxLength={200}
        aria-label={words.search.label}
        placeholder={words.search.placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          box.reopen();
        }}
      />
      <kbd aria-hidden="true">/</kbd>
      <ul {...box.listProps} aria-label={words.search.results(found.length)}>
        {found.map((suggestion, place) => (
          <li key={suggestion.key} {...box.optionProps(place)}>
            <Highlighted {...suggestion} />
            <span className="quiet">
              <bdi>{suggestion.note}</bdi>
            </span>
          </li>
        ))}
      </ul>
      <p className={isNothing ? "search-none" : "visually-hidden"} role="status">
        {box.isShown && statusOf(wanted, found.length, data, error)}
      </p>
    </div>
  );
}

/** The status that a screen reader announces, and that is visible if nothing is found. */
function statusOf(wanted: string, shown: number, data: Found | null, error: unknown): string {
  if (error) return words.search.failed;
  if (shown === 0) return words.search.none(wanted);
  return words.search.found(shown, data ? data.search.totalCount : shown);
}

function Highlighted({ text, matches }: Pick<Suggestion, "text" | "matches">) {
  return (
    <bdi className="found">
      {pieces(text, matches).map(([part, isFound], index) =>
        isFound ? <mark key={index}>{part}</mark> : part,
      )}
    </bdi>
  );
}
