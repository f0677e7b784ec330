import { addressOf } from "../question/address";
import type { Question, ViewName } from "../question/question";
import type { Change } from "../question/use_question";
import logo from "../../favicon.svg";
import { SearchBox } from "../search/search_box";
import { VIEWS } from "../question/question";
import { words } from "../words";
import { Menu, type MenuProps } from "./menu";
import { MENU_ID } from "./use_keys";

/** The pane that covers the view on a narrow screen. */
export type Sheet = "filters" | "details" | null;

interface Props extends MenuProps {
  question: Question;
  change: Change;
  sheet: Sheet;
  setSheet: (sheet: Sheet) => void;
}

/** The name, the search, the views and the menu. */
export function Header({ question, change, sheet, setSheet, record, tell }: Props) {
  return (
    <header className="header">
      <h1>
        <a href="/" aria-label={words.home} title={words.claim}>
          <img src={logo} alt="" width="22" height="22" />
          <span>{words.name}</span>
        </a>
      </h1>
      <SearchBox change={change} question={question} />
      <nav className="tabs" aria-label={words.views.label}>
        {VIEWS.map((name) => (
          <ViewLink key={name} name={name} question={question} change={change} />
        ))}
      </nav>
      <button
        type="button"
        className="sheet-button"
        aria-expanded={sheet === "filters"}
        onClick={() => setSheet(sheet === "filters" ? null : "filters")}
      >
        {words.actions.filters}
      </button>
      <button
        type="button"
        className="icon-button"
        popoverTarget={MENU_ID}
        aria-label={words.actions.menu}
      >
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <circle cx="4" cy="10" r="1.7" />
          <circle cx="10" cy="10" r="1.7" />
          <circle cx="16" cy="10" r="1.7" />
        </svg>
      </button>
      <Menu record={record} tell={tell} />
    </header>
  );
}

interface LinkProps {
  name: ViewName;
  question: Question;
  change: Change;
}

/**
 * A link, so that the user can open a view in a new tab; a plain click changes the view in place.
 */
function ViewLink({ name, question, change }: LinkProps) {
  return (
    <a
      href={addressOf({ ...question, view: name }) || "/"}
      aria-current={question.view === name ? "page" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        change({ view: name });
      }}
    >
      {words.views[name]}
    </a>
  );
}
