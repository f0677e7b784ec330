import { type KeyboardEvent, useDeferredValue, useId, useMemo, useState } from "react";
import { useAnswer } from "../api/use_answer";
import { SEARCH_ID } from "../header/use_keys";
import { useKinds } from "../kinds/kinds";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { askFound, type Found, pieces, type Suggestion, suggestionsOf } from "./find";

/** A search box with suggestions (the combobox pattern of ARIA). */
export function SearchBox({ question, change }: { question: Question; change: Change }) {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(0);
  const list = useId();
  const kinds = useKinds();
  const wanted = useDeferredValue(text.trim());
  const { data, error } = useAnswer(askFound(wanted, question.asOf));
  const found = useMemo(() => (data ? suggestionsOf(data, kinds) : []), [data, kinds]);
  const isShown = isOpen && wanted !== "" && (data !== null || error !== null);
  const active = isShown ? found[marked] : undefined;

  const choose = (suggestion: Suggestion | undefined) => {
    if (!suggestion) return;
    change(suggestion.parts);
    setText("");
    setOpen(false);
  };
  const move = (to: number) => {
    const next = found.length === 0 ? 0 : (to + found.length) % found.length;
    setOpen(true);
    setMarked(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter and arrows that choose among candidates of an input method are not ours.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") choose(active);
    else if (event.key === "Escape" && !isShown) setText("");
    else if (event.key === "Escape") setOpen(false);
    else if (event.key === "ArrowDown") move(isShown ? marked + 1 : marked);
    else if (event.key === "ArrowUp") move(isShown ? marked - 1 : marked);
    else return;
    event.preventDefault();
  };
  return (
    <div className="search" role="search">
      <input
        id={SEARCH_ID}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-label={words.search.label}
        aria-expanded={isShown && found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active && `${list}-${marked}`}
        placeholder={words.search.placeholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setMarked(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      <ul
        id={list}
        role="listbox"
        aria-label={words.search.results(found.length)}
        hidden={!isShown || found.length === 0}
      >
        {found.map((suggestion, index) => (
          <li
            key={suggestion.key}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === marked}
            // Before the field loses the focus, which closes the list.
            onMouseDown={() => choose(suggestion)}
          >
            <Highlighted {...suggestion} />
            <span className="quiet">
              <bdi>{suggestion.note}</bdi>
            </span>
          </li>
        ))}
      </ul>
      <p
        className={isShown && found.length === 0 ? "search-none" : "visually-hidden"}
        role="status"
      >
        {isShown && statusOf(wanted, found.length, data, error)}
      </p>
    </div>
  );
}

/** What a screen reader announces, and everybody reads where nothing is found. */
function statusOf(wanted: string, shown: number, data: Found | null, error: unknown): string {
  if (error) return words.search.failed;
  if (shown === 0) return words.search.none(wanted);
  return words.search.found(shown, data?.search.totalCount ?? shown);
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
