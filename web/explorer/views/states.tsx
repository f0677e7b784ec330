import type { Answered } from "../api/use_answer";
import { isFiltered, isTimed, NO_FILTERS, type Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";

/** Shown if no support fits the question, with buttons that clear filters. */
export function Empty({ question, change }: { question: Question; change: Change }) {
  return (
    <div className="state">
      <h2>{words.states.empty}</h2>
      <p>{words.states.emptyHint}</p>
      <p className="state-actions">
        {isTimed(question) && (
          <button type="button" onClick={() => change({ from: null, to: null })}>
            {words.time.clear}
          </button>
        )}
        <button type="button" onClick={() => change({ ...NO_FILTERS, around: [] })}>
          {words.filters.clear}
        </button>
      </p>
    </div>
  );
}

/** Shown if the database is empty: how to load data. */
export function NoData() {
  return (
    <div className="state">
      <h2>{words.states.noData}</h2>
      <p>{words.states.noDataHint}</p>
      <DataSetCommands />
    </div>
  );
}

/** The command that loads each data set. */
export function DataSetCommands() {
  return (
    <dl className="commands">
      {words.about.sets.map(([title, command]) => (
        <div key={command}>
          <dt>{title}</dt>
          <dd>
            <code>{command}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface FailureProps extends Pick<Answered<unknown>, "error" | "retry"> {
  /**
   * The question of a view, for buttons that clear what the service may have rejected: the filters
   * or the revision.
   */
  question?: Question;
  change?: Change;
}

/** What failed, what still works, and a button to retry. */
export function Failure({ error, retry, question, change }: FailureProps) {
  if (!error) return null;
  const is_away = error.code === "UNREACHABLE";
  return (
    <div className="state" role="alert">
      <h2>{is_away ? words.states.unreachable : words.states.error}</h2>
      <p>{is_away ? words.states.errorHint : error.message}</p>
      <p className="state-actions">
        <button type="button" onClick={retry}>
          {words.states.retry}
        </button>
        {!is_away && change && question?.asOf != null && (
          <button type="button" onClick={() => change({ asOf: null })}>
            {words.time.backToToday}
          </button>
        )}
        {!is_away && change && question && isFiltered(question) && (
          <button type="button" onClick={() => change(NO_FILTERS)}>
            {words.filters.clear}
          </button>
        )}
      </p>
    </div>
  );
}
