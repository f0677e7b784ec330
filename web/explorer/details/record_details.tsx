import { useAnswer } from "../api/use_answer";
import type { Change } from "../question/use_question";
import { dateText } from "../text/dates";
import { Failure } from "../views/states";
import { words } from "../words";
import { ActorLink } from "./actor_link";
import type { ShownSupport } from "./edge_query";
import { Cut } from "./cut";
import { Quotation } from "./evidence_card";
import { askSource, askStatement, askSupport } from "./record_query";
import { SupportCard } from "./support_card";

interface Props {
  id: string;
  asOf: number | null;
  change: Change;
  /** Opens the form for a statement that corrects the one with this id. */
  correct: (id: string) => void;
}

/** One support with its evidence. */
export function SupportDetails({ id, asOf, change }: Props) {
  const answer = useAnswer(askSupport(id, asOf));
  if (answer.error) return <Failure {...answer} />;
  if (!answer.data) return <p className="quiet">{words.states.loading}</p>;
  const { support } = answer.data;
  if (!support) return <p>{words.details.noSuchRecord}</p>;
  const { supporter, recipient } = support;
  return (
    <article aria-busy={answer.isLoading}>
      <header>
        <p className="quiet">{words.search.types.SUPPORT}</p>
        <Ends support={support} change={change} />
        {supporter && recipient && (
          <button
            type="button"
            onClick={() =>
              change({
                selected: { type: "edge", supporter: supporter.slug, recipient: recipient.slug },
              })
            }
          >
            {words.details.showEdge}
          </button>
        )}
      </header>
      <SupportCard support={support} change={change} />
    </article>
  );
}

/** One statement, and the supports that it is about. */
export function StatementDetails({ id, asOf, change, correct }: Props) {
  const answer = useAnswer(askStatement(id, asOf));
  if (answer.error) return <Failure {...answer} />;
  if (!answer.data) return <p className="quiet">{words.states.loading}</p>;
  const { statement } = answer.data;
  if (!statement) return <p>{words.details.noSuchRecord}</p>;
  return (
    <article aria-busy={answer.isLoading}>
      <header>
        <h2>{words.search.types.STATEMENT}</h2>
      </header>
      <div className="claim">
        <Quotation said={statement} change={change} />
      </div>
      {statement.note && <p className="quiet">{statement.note}</p>}
      {asOf === null && (
        <p className="state-actions">
          <button type="button" onClick={() => correct(id)}>
            {words.record.correctIt}
          </button>
        </p>
      )}
      <h3 className="about">{words.details.about}</h3>
      {statement.evidence.nodes.length === 0 && (
        <p className="quiet">{words.details.aboutNothing}</p>
      )}
      <ul className="cards">
        {statement.evidence.nodes.map((evidence) => (
          <li key={evidence.id}>
            <Ends support={evidence.support} change={change} />
            <SupportCard support={evidence.support} change={change} />
          </li>
        ))}
      </ul>
      <Cut shown={statement.evidence.nodes.length} all={statement.evidence.totalCount} />
    </article>
  );
}

/** One source, and the statements that it reports. */
export function SourceDetails({ id, asOf, change }: Props) {
  const answer = useAnswer(askSource(id, asOf));
  if (answer.error) return <Failure {...answer} />;
  if (!answer.data) return <p className="quiet">{words.states.loading}</p>;
  const { source } = answer.data;
  if (!source) return <p>{words.details.noSuchRecord}</p>;
  const { title, url, publisher, publishedOn, statements } = source;
  return (
    <article aria-busy={answer.isLoading}>
      <header>
        <p className="quiet">{words.search.types.SOURCE}</p>
        <h2>{title}</h2>
        <p>
          {publisher && <ActorLink actor={publisher} change={change} />}
          {publishedOn && <span className="quiet"> {dateText(publishedOn)}</span>}
        </p>
        {url && (
          <a href={url} rel="noopener noreferrer" target="_blank">
            {words.details.reads}
          </a>
        )}
      </header>
      <h3 className="about">{words.statements(statements.totalCount)}</h3>
      <ul className="evidence">
        {statements.nodes.map((statement) => (
          <li key={statement.id} className="claim">
            <Quotation said={statement} change={change} withSource={false} />
            <button
              type="button"
              className="link"
              onClick={() => change({ selected: { type: "statement", id: statement.id } })}
            >
              {words.details.about}
            </button>
          </li>
        ))}
      </ul>
      <Cut shown={statements.nodes.length} all={statements.totalCount} />
    </article>
  );
}

/** The supporter and the recipient; one that is unknown is left out. */
function Ends({ support, change }: { support: ShownSupport; change: Change }) {
  const { supporter, recipient } = support;
  return (
    <h2>
      {supporter && <ActorLink actor={supporter} change={change} />}{" "}
      <span className="arrow" role="img" aria-label={words.details.gives}>
        →
      </span>{" "}
      {recipient && <ActorLink actor={recipient} change={change} />}
    </h2>
  );
}
