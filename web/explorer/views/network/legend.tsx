import { chosenState, toggleKind } from "../../filters/choose";
import { PhaseMark } from "../../filters/phase_mark";
import { KindMark } from "../../kinds/kind_mark";
import { type Kind, useKinds } from "../../kinds/kinds";
import { PHASES, type Question, SIZES } from "../../question/question";
import type { Change } from "../../question/use_question";
import { words } from "../../words";
import type { Line } from "./lines";
import type { NetworkNode } from "./network_query";
import { outline } from "./shapes";

interface Props {
  lines: readonly Line[];
  nodes: readonly NetworkNode[];
  question: Question;
  change: Change;
}

/** Kinds of actor that have the same shape. */
const SHAPES: readonly (readonly NetworkNode["actor"]["kind"][])[] = [
  ["STATE"],
  ["ORGANISATION", "GOVERNMENT_BODY", "RESEARCH_INSTITUTE", "NEWS_OUTLET"],
  ["ARMED_GROUP"],
  ["PERSON"],
];

/**
 * The meaning of the colours, strokes, marks and shapes that are drawn. A click on a kind filters
 * by it.
 */
export function Legend({ lines, nodes, question, change }: Props) {
  const kinds = useKinds();
  const coloured = new Set(lines.map((line) => line.coloured));
  const listed = kinds.kinds.filter(({ kind }) => coloured.has(kind));
  const phases = PHASES.filter((phase) => lines.some((line) => line.phase === phase));
  const drawn = new Set(nodes.map(({ actor }) => actor.kind));
  const shapes = SHAPES.map((alike) => alike.filter((kind) => drawn.has(kind)));
  return (
    <details className="legend" open={window.innerWidth > 700}>
      <summary>{words.network.legend}</summary>
      <div className="legend-parts">
        <ul>
          {listed.map((kind) => (
            <KindItem key={kind.kind} kind={kind} question={question} change={change} />
          ))}
          {coloured.has(null) && (
            <li>
              <KindMark kind="" /> {words.network.otherKinds}
            </li>
          )}
        </ul>
        <ul>
          {phases.map((phase) => (
            <li key={phase}>
              <PhaseMark phase={phase} /> {words.phases[phase]}
            </li>
          ))}
          {lines.some((line) => line.isMutual) && <li>↔ {words.network.mutual}</li>}
          {lines.some((line) => line.isContested) && <li>≠ {words.network.contested}</li>}
          {lines.some((line) => line.isPossible) && (
            <li>
              <span className="faint">
                <PhaseMark phase="DELIVERED" />
              </span>{" "}
              {words.network.possible}
            </li>
          )}
          {lines.some((line) => line.isStartCensored) && (
            <li>
              <span className="fade-mark" data-side="start" /> {words.network.begunBefore}
            </li>
          )}
          {lines.some((line) => line.isEndCensored) && (
            <li>
              <span className="fade-mark" data-side="end" /> {words.network.goingOn}
            </li>
          )}
        </ul>
        <ul>
          {shapes.map(
            (alike) =>
              alike[0] && (
                <li key={alike[0]}>
                  <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                    <path d={outline(alike[0], 8, 8, alike[0] === "PERSON" ? 4 : 6)} />
                  </svg>{" "}
                  {alike.map((kind) => words.actorKinds[kind]).join(", ")}
                </li>
              ),
          )}
        </ul>
        <label className="legend-size">
          {words.network.size}{" "}
          <select
            value={question.size}
            onChange={({ target }) => {
              const size = SIZES.find((each) => each === target.value);
              if (size) change({ size }, "replace");
            }}
          >
            {SIZES.map((size) => (
              <option key={size} value={size}>
                {words.network.sizes[size]}
              </option>
            ))}
          </select>
        </label>
      </div>
    </details>
  );
}

function KindItem({ kind, question, change }: { kind: Kind } & Pick<Props, "question" | "change">) {
  const kinds = useKinds();
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosenState(question.kinds, kinds, kind.kind) === "yes"}
        onClick={() => change({ kinds: toggleKind(question.kinds, kinds, kind.kind) })}
      >
        <KindMark kind={kind.kind} /> {kind.label}
      </button>
    </li>
  );
}
