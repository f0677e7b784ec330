import "./map.css";

import { useDeferredValue, useMemo, useRef } from "react";
import { useAnswer } from "../../api/use_answer";
import { useKinds } from "../../kinds/kinds";
import { words } from "../../words";
import { Empty, Failure } from "../states";
import { TooMuch } from "../too_much";
import { useSvg } from "../use_svg";
import type { View, ViewProps } from "../view";
import { BesideMap } from "./beside_map";
import { askMap } from "./map_query";
import { placedOf } from "./placed";
import { svgOfMap } from "./svg";
import { useSize } from "./use_size";
import { WorldMap } from "./world_map";

/** Supports between states as arcs on a map, and below it the actors that have no place on it. */
function MapView({ question, change, offerSvg }: ViewProps) {
  const kinds = useKinds();
  const answer = useAnswer(askMap(question));
  const network = answer.data?.network;
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const placed = useMemo(() => (network ? placedOf(network, kinds) : null), [network, kinds]);
  // Deferred: a list of thousands takes longer to render than the map, which must not wait for it.
  const beside = useDeferredValue(placed, null);
  const isEmpty = network?.edges.length === 0;
  useSvg(
    offerSvg,
    placed && size && !isEmpty
      ? ({ page }) => {
          const drawing = frame.current?.querySelector<SVGSVGElement>(":scope > svg");
          return drawing ? svgOfMap(drawing, page) : "";
        }
      : null,
  );
  return (
    <div className="map" aria-busy={answer.isLoading}>
      {network && <TooMuch network={network} question={question} change={change} />}
      {answer.error && (
        <Failure {...{ error: answer.error, retry: answer.retry, question, change }} />
      )}
      {!answer.error && !network && <p className="quiet state">{words.states.loading}</p>}
      {isEmpty && <Empty question={question} change={change} />}
      <div className="map-frame" ref={frame} hidden={isEmpty || !placed}>
        {placed && size && (
          <WorldMap placed={placed} size={size} selected={question.selected} change={change} />
        )}
      </div>
      {beside && beside.beside.length > 0 && !isEmpty && (
        <BesideMap
          placed={beside}
          selected={question.selected}
          change={change}
          isBehind={beside !== placed}
        />
      )}
    </div>
  );
}

export default { Component: MapView } satisfies View;
