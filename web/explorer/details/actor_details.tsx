import { useAnswer } from "../api/use_answer";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { dateText } from "../text/dates";
import { Name } from "../text/name";
import { Failure } from "../views/states";
import { words } from "../words";
import { type ActorAnswer, askActor } from "./actor_query";
import { ActorLink } from "./actor_link";
import { GivenOrReceived } from "./given_or_received";
import { Position } from "./position";

interface Props {
  question: Question;
  change: Change;
  slug: string;
}

/** An actor: its names and codes, what it succeeds, what it gives and receives. */
export function ActorDetails({ question, change, slug }: Props) {
  const answer = useAnswer(askActor(question, slug));
  if (answer.error) return <Failure {...answer} />;
  if (!answer.data) return <p className="quiet">{words.states.loading}</p>;
  const { actor, given, received, givenByYear, receivedByYear } = answer.data;
  if (!actor) return <p>{words.details.noSuchActor}</p>;
  const isAlone = question.around.length === 1 && question.around[0] === slug;
  return (
    <article aria-busy={answer.isLoading}>
      <header>
        <p className="quiet">{words.actorKinds[actor.kind]}</p>
        <h2>
          <Name>{actor.name}</Name>
        </h2>
        {actor.description && <p>{actor.description}</p>}
        {!isAlone && (
          <button type="button" onClick={() => change({ around: [slug], view: "network" })}>
            {words.details.focus}
          </button>
        )}
      </header>
      <GivenOrReceived
        title={words.details.given}
        name={actor.name}
        kinds={given.nodes}
        years={givenByYear.nodes}
      />
      <GivenOrReceived
        title={words.details.received}
        name={actor.name}
        kinds={received.nodes}
        years={receivedByYear.nodes}
      />
      <Position question={question} change={change} slug={slug} />
      <Identity actor={actor} change={change} />
    </article>
  );
}

type Actor = NonNullable<ActorAnswer["actor"]>;

/** The actor's names, memberships, predecessors, successors and codes. */
function Identity({ actor, change }: { actor: Actor; change: Change }) {
  const { aliases, codes, memberOf, predecessors, successors } = actor;
  const successions = [
    ...predecessors.nodes.map(({ predecessor, ...each }) => ({ ...each, other: predecessor })),
    ...successors.nodes.map(({ successor, ...each }) => ({ ...each, other: successor })),
  ];
  return (
    <dl className="facts">
      {aliases.length > 0 && (
        <Fact title={words.details.names}>
          {aliases.map(({ name, language }) => (
            <li key={`${name} ${language}`} lang={language ?? undefined}>
              <Name>{name}</Name>
            </li>
          ))}
        </Fact>
      )}
      {memberOf.nodes.length > 0 && (
        <Fact title={words.details.memberOf}>
          {memberOf.nodes.map(({ organisation, role }) => (
            <li key={organisation.slug}>
              <ActorLink actor={organisation} change={change} />
              {role && <span className="quiet"> {role}</span>}
            </li>
          ))}
        </Fact>
      )}
      {successions.length > 0 && (
        <Fact title={words.details.succession}>
          {successions.map(({ kind, succeededOn, other }) => (
            <li key={`${kind} ${other.slug}`}>
              {words.successions[kind]} <ActorLink actor={other} change={change} />
              {succeededOn && <span className="quiet"> {dateText(succeededOn)}</span>}
            </li>
          ))}
        </Fact>
      )}
      {codes.length > 0 && (
        <Fact title={words.details.codes}>
          {codes.map(({ scheme, value }) => (
            <li key={`${scheme} ${value}`}>
              <span className="quiet">{words.codeSchemes[scheme]}</span> {value}
            </li>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <ul>{children}</ul>
      </dd>
    </div>
  );
}
