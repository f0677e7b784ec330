import { useCallback, useMemo } from "react";
import { useAnswer } from "../../api/use_answer";
import { useKinds } from "../../kinds/kinds";
import type { Selection } from "../../question/question";
import { words } from "../../words";
import { Empty, Failure } from "../states";
import { TooMuch } from "../too_much";
import type { View, ViewProps } from "../view";
import { Legend } from "./legend";
import { linesOf } from "./lines";
import { NetworkCanvas } from "./network_canvas";
import { askNetwork } from "./network_query";

/** The actors and the supports between them, drawn as a network. */
function NetworkView({ question, change, offerSvg }: ViewProps) {
  const kinds = useKinds();
  const { data, error, isLoading, retry } = useAnswer(askNetwork(question));
  const network = data?.network ?? null;
  const lines = useMemo(() => linesOf(network?.edges ?? [], kinds), [network, kinds]);
  const select = useCallback((selected: Selection | null) => change({ selected }), [change]);
  const expand = useCallback(
    (slug: string) => change((now) => ({ around: [...new Set([...now.around, slug])] })),
    [change],
  );
  if (error) return <Failure {...{ error, retry, question, change }} />;
  if (!network) return <p className="quiet state">{words.states.loading}</p>;
  if (network.edges.length === 0 && network.nodes.length === 0) {
    return <Empty question={question} change={change} />;
  }
  return (
    <div className="network" aria-busy={isLoading}>
      <TooMuch network={network} question={question} change={change} />
      <NetworkCanvas
        nodes={network.nodes}
        lines={lines}
        size={question.size}
        label={words.network.label(network.nodes.length, network.edges.length)}
        selected={question.selected}
        select={select}
        expand={expand}
        offerSvg={offerSvg}
      />
      <Legend lines={lines} nodes={network.nodes} question={question} change={change} />
    </div>
  );
}

export default { Component: NetworkView } satisfies View;
