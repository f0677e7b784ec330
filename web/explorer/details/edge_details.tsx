import { useAnswer } from "../api/use_answer";
import { useKinds } from "../kinds/kinds";
import { NO_FILTERS, type Question } from "../question/question";
import type { Change } from "../question/use_question";
import { Failure } from "../views/states";
import { words } from "../words";
import { ActorLink } from "./actor_link";
import { askEdge, type Edge } from "./edge_query";
import { SupportCard } from "./support_card";

interface Props {
  question: Question;
  change: Change;
  edge: Edge;
}

/** All supports that one actor gives another, each with its evidence. */
export function EdgeDetails({ question, change, edge }: Props) {
  const kinds = useKinds();
  const answer = useAnswer(askEdge(question, edge));
  if (answer.error) return <Failure {...answer} />;
  if (!answer.data) return <p className="quiet">{words.states.loading}</p>;
  const { supporter, recipient, supports } = answer.data;
  if (!supporter || !recipient) return <p>{words.details.noSuchActor}</p>;
  const more = supports.totalCount - supports.nodes.length;
  return (
    <article aria-busy={answer.isLoading}>
      <header>
        <p className="quiet">{words.supports(supports.totalCount)}</p>
        <h2>
          <ActorLink actor={supporter} change={change} />{" "}
          <span className="arrow" role="img" aria-label={words.details.gives}>
            →
          </span>{" "}
          <ActorLink actor={recipient} change={change} />
        </h2>
        {edge.kind && (
          <p>
            {words.details.only(kinds.label(edge.kind))}{" "}
            <button type="button" onClick={() => change({ selected: allKinds(edge) })}>
              {words.details.allKinds}
            </button>
          </p>
        )}
      </header>
      {supports.nodes.length === 0 && (
        <p>
          {words.details.noSuchEdge}{" "}
          <button type="button" onClick={() => change(NO_FILTERS)}>
            {words.details.everyFilter}
          </button>
        </p>
      )}
      <ul className="cards">
        {supports.nodes.map((support) => (
          <li key={support.id}>
            <SupportCard support={support} change={change} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <button type="button" onClick={() => change({ view: "table", around: [supporter.slug] })}>
          {words.details.more(more)}
        </button>
      )}
    </article>
  );
}

function allKinds({ supporter, recipient }: Edge): Edge {
  return { type: "edge", supporter, recipient };
}
