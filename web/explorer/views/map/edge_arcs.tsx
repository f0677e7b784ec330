import type { KindTree } from "../../kinds/kinds";
import type { Change } from "../../question/use_question";
import { edgeText, type FoldedEdge } from "../folded_edge";
import type { Shape } from "./edge_shapes";

interface Props {
  edge: FoldedEdge;
  /** Index among the arcs, the strongest first. */
  index: number;
  shapes: readonly Shape[];
  isTabbable: boolean;
  isSelected: boolean;
  names: ReadonlyMap<string, string>;
  kinds: KindTree;
  onMark: () => void;
  change: Change;
}

/** The arcs of one edge, each in the colour of a kind. A click selects the edge. */
export function EdgeArcs({ edge, index, shapes, ...props }: Props) {
  const { supporter, recipient, contested } = edge;
  const text = edgeText(edge, props.names, props.kinds);
  const mark = contested && shapes[0]?.at(0.5);
  const open = () => props.change({ selected: { type: "edge", supporter, recipient } });
  const state = [edge.certain > 0 ? "" : " possible", props.isSelected ? " selected" : ""];
  return (
    <g
      className={`arc${state.join("")}`}
      role="button"
      tabIndex={props.isTabbable ? 0 : -1}
      aria-label={text}
      aria-current={props.isSelected || undefined}
      data-arc={index}
      data-edge={`${supporter}..${recipient}`}
      onFocus={props.onMark}
      onClick={open}
      onKeyDown={(event) => event.key === "Enter" && open()}
    >
      <title>{text}</title>
      {shapes.map(({ hue, width, dashes, line, head }) => (
        <g key={hue} className={`hue-${hue}`}>
          <path className="reach" d={line} />
          <path className="line" d={line} strokeWidth={width} strokeDasharray={dashes} />
          <path className="arc-head" d={head} />
        </g>
      ))}
      {mark && (
        <text className="mark" x={mark[0]} y={mark[1] - 8}>
          ≠
        </text>
      )}
    </g>
  );
}
