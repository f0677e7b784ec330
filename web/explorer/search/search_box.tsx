import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { asked } from "../api/client";
import { graphql } from "../api/graphql";
import { useAnswer } from "../api/use_answer";
import { SEARCH_ID } from "../header/use_keys";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { Name } from "../text/name";
import { words } from "../words";

const SUGGESTIONS = graphql(`
  query Suggestions($where: ActorFilter) {
    actors(where: $where, first: 8, orderBy: [{ name: ASC }]) {
      nodes {
        slug
        name
        kind
      }
    }
  }
`);

/** The suggestions for a text: actors by name, alias or slug. */
function askSuggestions(text: string, asOf: number | null) {
  const contains = { contains: text };
  const where = { or: [{ name: contains }, { aliases: { some: { name: contains } } }] };
  return asked(SUGGESTIONS, { where }, asOf);
}

/** A search box with suggestions (the combobox pattern of ARIA). */
export function SearchBox({ question, change }: { question: Question; change: Change }) {
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(0);
  const list = useId();
  const wanted = useDeferredValue(text.trim());
  const { data } = useAnswer(wanted ? askSuggestions(wanted, question.asOf) : null);
  const found = (wanted && data?.actors.nodes) || [];
  const isShown = isOpen && wanted !== "" && data !== null;

  const choose = (slug: string | undefined) => {
    if (!slug) return;
    change({ selected: { type: "actor", slug }, around: [slug] });
    setText("");
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") choose(found[marked]?.slug);
    else if (event.key === "Escape") setOpen(false);
    else if (event.key === "ArrowDown") setMarked(Math.min(marked + 1, found.length - 1));
    else if (event.key === "ArrowUp") setMarked(Math.max(marked - 1, 0));
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
        aria-expanded={isShown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isShown && found[marked] ? `${list}-${marked}` : undefined}
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
        {found.map((actor, index) => (
          <li
            key={actor.slug}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === marked}
            // Before the field loses the focus, which closes the list.
            onMouseDown={() => choose(actor.slug)}
          >
            <Name>{actor.name}</Name>
            <span className="quiet">{words.actorKinds[actor.kind]}</span>
          </li>
        ))}
      </ul>
      {isShown && found.length === 0 && (
        <p className="search-none" role="status">
          {words.search.none(wanted)}
        </p>
      )}
    </div>
  );
}
