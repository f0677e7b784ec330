import { memo } from "react";
import { ActorLink } from "../../details/actor_link";
import { KindMark } from "../../kinds/kind_mark";
import { useKinds } from "../../kinds/kinds";
import type { Selection } from "../../question/question";
import type { Change } from "../../question/use_question";
import { Name } from "../../text/name";
import { words } from "../../words";
import { edgeText, type FoldedEdge } from "../folded_edge";
import type { Beside, Placed } from "./placed";
import { REASONS } from "./places";
import { showsTheSame } from "./shows_the_same";

const MOST_EDGES_EACH = 3;

interface Props {
  placed: Placed;
  selected: Selection | null;
  change: Change;
}

/**
 * The actors that have no place on the map, grouped by the reason, each with its strongest edges.
 */
export function BesideMap({ isBehind, ...props }: Props & { isBehind: boolean }) {
  return (
    // A scrolling region must be focusable, so that the keyboard can scroll it.
    <section className="beside" tabIndex={0} aria-label={words.map.beside} aria-busy={isBehind}>
      <Lists {...props} />
    </section>
  );
}

/** Memoised, so that thousands of names are not rendered again while new ones are pending. */
const Lists = memo(function Lists({ placed, selected, change }: Props) {
  return (
    <>
      {REASONS.map((reason) => {
        const actors = placed.beside.filter((actor) => actor.reason === reason);
        if (actors.length === 0) return null;
        return (
          <div key={reason}>
            <h2>{words.map.reasons[reason]}</h2>
            <ul>
              {actors.map((actor) => (
                <li key={actor.slug}>
                  <ActorLink actor={actor} change={change} />
                  <Edges actor={actor} placed={placed} selected={selected} change={change} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </>
  );
}, showsTheSame);

function Edges({ actor, placed: { names }, selected, change }: Props & { actor: Beside }) {
  const kinds = useKinds();
  const shown = actor.edges.slice(0, MOST_EDGES_EACH);
  const isSelected = ({ supporter, recipient }: FoldedEdge) =>
    selected?.type === "edge" &&
    selected.supporter === supporter &&
    selected.recipient === recipient;
  return (
    <>
      {shown.map((edge) => {
        const { supporter, recipient, certain, possible } = edge;
        const isGiving = supporter === actor.slug;
        const other = isGiving ? recipient : supporter;
        const name = names.get(other) ?? other;
        const number = certain > 0 ? String(certain) : `${possible}?`;
        const text = edgeText(edge, names, kinds);
        return (
          <button
            key={`${supporter}..${recipient}`}
            type="button"
            className="beside-edge"
            // Starts with the visible text, so that speech input finds the button by it.
            aria-label={`${name} ${number}: ${text}`}
            title={text}
            aria-current={isSelected(edge) || undefined}
            onClick={() => change({ selected: { type: "edge", supporter, recipient } })}
          >
            <KindMark kind={edge.kinds[0] ?? ""} />{" "}
            <span className="arrow">{isGiving ? "→" : "←"}</span> <Name>{name}</Name>{" "}
            <span className="count">{number}</span>
          </button>
        );
      })}
      {actor.edges.length > shown.length && (
        <span className="quiet">{words.map.more(actor.edges.length - shown.length)}</span>
      )}
    </>
  );
}
