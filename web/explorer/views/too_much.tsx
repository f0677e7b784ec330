import { MOST_EDGES, type Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import type { NetworkNode } from "./network/network_query";

interface Props {
  network: {
    complete: boolean;
    edgeCount: number;
    edges: readonly unknown[];
    nodes: readonly NetworkNode[];
  };
  question: Question;
  change: Change;
}

const YEARS_BACK = 10;

/**
 * Shown if a network is not drawn completely: how much is missing, and ways to narrow the question
 * or to draw more.
 */
export function TooMuch({ network, question, change }: Props) {
  const { complete, edges, edgeCount } = network;
  if (complete) return null;
  const more = Math.min(edgeCount, question.most * 4, MOST_EDGES);
  const last = new Date().getFullYear();
  const strongest = network.nodes.toSorted((a, b) => b.given + b.received - a.given - a.received)[0]
    ?.actor;
  return (
    <div className="too-much" role="status">
      <p>{words.network.tooMuch(edges.length, edgeCount)}</p>
      <p className="state-actions">
        {more > edges.length && (
          <button type="button" onClick={() => change({ most: more })}>
            {words.network.draw(more)}
          </button>
        )}
        {question.from === null && (
          <button type="button" onClick={() => change({ from: last - YEARS_BACK, to: last })}>
            {words.network.byTime}
          </button>
        )}
        {question.kinds.length === 0 && (
          <button
            type="button"
            onClick={() => change({ kinds: [{ kind: "WEAPONS", under: true }] })}
          >
            {words.network.byKind}
          </button>
        )}
        {question.around.length === 0 && strongest && (
          <button type="button" onClick={() => change({ around: [strongest.slug] })}>
            {words.network.byActor(strongest.name)}
          </button>
        )}
      </p>
    </div>
  );
}
