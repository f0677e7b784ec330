import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Selection } from "../../question/question";
import { words } from "../../words";
import { Tool, ZOOM_ICONS } from "../tool";
import type { MakeSvg } from "../view";
import { Drawing, type Shown } from "./drawing";
import { listen } from "./gestures";
import type { Line } from "./lines";
import { goBack } from "../../question/use_question";
import { cross, step, type Walk } from "./walk";

interface Props extends Shown {
  label: string;
  selected: Selection | null;
  select: (selected: Selection | null) => void;
  /** An actor was double-clicked. */
  expand: (slug: string) => void;
  offerSvg: (make: MakeSvg | null) => void;
}

type Controls = { drawing: Drawing } & ReturnType<typeof listen>;

/** The canvas, with its pointer and keyboard control. */
export function NetworkCanvas(props: Props) {
  const { nodes, lines, size, label, selected, select, expand, offerSvg } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [controls, setControls] = useState<Controls | null>(null);
  const [walk, setWalk] = useState<Walk | null>(null);
  const names = useMemo(() => new Map(nodes.map(({ actor }) => [actor.slug, actor.name])), [nodes]);

  useEffect(() => {
    if (!canvas.current) return;
    const drawing = new Drawing(canvas.current, (camera) => gestures.follow(camera));
    const gestures = listen(drawing, {
      onClick: (hit) => {
        if (!hit) select(null);
        else if ("actor" in hit) select({ type: "actor", slug: hit.actor.slug });
        else select(edgeOf(hit.line.line));
      },
      onOpen: expand,
    });
    const resizing = new ResizeObserver(() => drawing.resize());
    resizing.observe(canvas.current);
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    const recolour = () => drawing.resize();
    scheme.addEventListener("change", recolour);
    offerSvg(() => drawing.svg());
    setControls({ drawing, ...gestures });
    return () => {
      offerSvg(null);
      scheme.removeEventListener("change", recolour);
      resizing.disconnect();
      gestures.end();
      drawing.close();
    };
  }, [select, expand, offerSvg]);

  // A layout effect, so that the change is in the next frame instead of the one after it.
  useLayoutEffect(
    () => controls?.drawing.show({ nodes, lines, size }),
    [controls, nodes, lines, size],
  );
  useEffect(
    () => controls?.drawing.mark(walk ? marksOfWalk(walk) : marksOf(selected, lines, names)),
    [controls, walk, selected, lines, names],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (!controls) return;
    const start = walk ?? { actor: firstActor(selected, nodes), line: null };
    if (event.key === "Enter") {
      if (walk?.line) select(edgeOf(walk.line));
      else select({ type: "actor", slug: start.actor });
    } else if (event.key === " ") setWalk(cross(start));
    else if (event.key.startsWith("Arrow")) {
      setWalk(step(controls.drawing.current(), start, event.key));
    } else return;
    event.preventDefault();
  };
  return (
    <div className="network-stage">
      <canvas
        ref={canvas}
        // Names are isolated in their own direction. The direction of the page must not affect the
        // other text.
        dir="ltr"
        tabIndex={0}
        role="application"
        aria-label={label}
        onKeyDown={onKeyDown}
        onBlur={() => setWalk(null)}
      />
      <p className="visually-hidden" aria-live="polite">
        {walk && walkText(walk, names)}
      </p>
      <div className="view-tools" role="group" aria-label={words.zoom.label}>
        <Tool label={words.zoom.in} path={ZOOM_ICONS.in} onClick={() => controls?.zoomBy(1.5)} />
        <Tool
          label={words.zoom.out}
          path={ZOOM_ICONS.out}
          onClick={() => controls?.zoomBy(1 / 1.5)}
        />
        <Tool
          label={words.network.undo}
          path="M8 4 4 8l4 4M4 8h8a4 4 0 0 1 0 8h-2"
          onClick={() => {
            if (!controls?.drawing.undoMove()) goBack();
          }}
        />
        <Tool
          label={words.network.release}
          path="M16 10a6 6 0 1 1-2-4.5M14 2v4h-4"
          onClick={() => controls?.drawing.release()}
        />
        <Tool
          label={words.zoom.fit}
          path={ZOOM_ICONS.fit}
          onClick={() => controls?.drawing.fit()}
        />
      </div>
    </div>
  );
}

function edgeOf({ source, target, kind }: Line): Selection {
  return { type: "edge", supporter: source, recipient: target, ...(kind !== null && { kind }) };
}

/**
 * Returns the marks of the selection. Without marks if the selection is not drawn: nothing must be
 * faded for it.
 */
function marksOf(
  selected: Selection | null,
  lines: readonly Line[],
  drawn: ReadonlyMap<string, string>,
) {
  if (selected?.type === "actor") {
    return { actor: drawn.has(selected.slug) ? selected.slug : null, lines: new Set<string>() };
  }
  if (selected?.type !== "edge") return { actor: null, lines: new Set<string>() };
  const { supporter, recipient, kind } = selected;
  const ofEdge = lines.filter(
    (line) =>
      line.source === supporter &&
      line.target === recipient &&
      (kind === undefined || line.kind === null || line.kind === kind),
  );
  return { actor: null, lines: new Set(ofEdge.map((line) => line.key)) };
}

function marksOfWalk({ actor, line }: Walk) {
  if (line) return { actor: null, lines: new Set([line.key]) };
  return { actor, lines: new Set<string>() };
}

function walkText({ actor, line }: Walk, names: ReadonlyMap<string, string>): string {
  const name = (slug: string) => names.get(slug) ?? slug;
  return line ? words.network.walk(name(line.source), name(line.target), line.label) : name(actor);
}

/**
 * The actor at which keyboard navigation starts: the selected one, the supporter of the selected
 * edge, or the one with the most supports.
 */
function firstActor(selected: Selection | null, nodes: Props["nodes"]): string {
  if (selected?.type === "actor") return selected.slug;
  if (selected?.type === "edge") return selected.supporter;
  const supports = (node: Props["nodes"][number]) => node.given + node.received;
  const [first, ...others] = nodes;
  const most = others.reduce((a, b) => (a && supports(a) >= supports(b) ? a : b), first);
  return most?.actor.slug ?? "";
}
