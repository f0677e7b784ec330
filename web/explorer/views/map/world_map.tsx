import { geoPath } from "d3-geo";
import type { ZoomTransform } from "d3-zoom";
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from "react";
import { useKinds } from "../../kinds/kinds";
import type { Selection } from "../../question/question";
import type { Change } from "../../question/use_question";
import { drawnName, within } from "../../text/names";
import { words } from "../../words";
import { markDrawn } from "../drawn";
import type { FoldedEdge } from "../folded_edge";
import { Tool, ZOOM_ICONS } from "../tool";
import type { Point } from "./arc";
import { EdgeArcs } from "./edge_arcs";
import { shapesOf } from "./edge_shapes";
import { fitting, type Label } from "./labels";
import { MapLabels } from "./map_labels";
import type { Placed } from "./placed";
import { cameraFor, seen, worldIn } from "./projection";
import { useZoom } from "./use_zoom";
import { showsTheSame } from "./shows_the_same";
import { COUNTRIES } from "./world";

interface Props {
  placed: Placed;
  /** Width and height in pixels. */
  size: [number, number];
  selected: Selection | null;
  change: Change;
}

/** With more edges than this, each edge is one arc in the colour of its most frequent kind. */
const MOST_WITH_KINDS_APART = 40;
/**
 * With more edges than this, the labels of kinds would hide the arcs, whose titles name the kinds
 * too.
 */
const MOST_WITH_LABELS = 12;
const FITS = within(24);

/** Countries, arcs and labels. Arrow keys move from arc to arc, the strongest first. */
export const WorldMap = memo(function WorldMap({ placed, size, selected, change }: Props) {
  const { onMap, arcs, names } = placed;
  const kinds = useKinds();
  const [marked, setMarked] = useState(0);
  useEffect(markDrawn, [placed]);
  const tabbable = Math.min(marked, arcs.length - 1);
  const [width, height] = size;
  const frame = useRef<SVGSVGElement>(null);
  const drawing = useRef<SVGGElement>(null);
  const [aimed, aim] = useState<ZoomTransform | null>(null);
  const world = useMemo(() => worldIn([width, height]), [width, height]);
  const camera = useMemo(() => {
    const places = onMap.map(({ middle }) => middle);
    return aimed ?? cameraFor(places, world, [width, height]);
  }, [aimed, onMap, world, width, height]);
  const projection = useMemo(() => seen(world, camera), [world, camera]);
  const zoomBy = useZoom({ frame, drawing, camera, aim });
  const shapes = useMemo(() => {
    const path = geoPath(projection).digits(1);
    return COUNTRIES.map((country) => ({ country, path: path(country) ?? "" }));
  }, [projection]);
  const actors = new Map(onMap.map((actor) => [actor.country, actor]));
  const points = new Map(
    onMap.map(({ slug, middle }): [string, Point] => [slug, projection(middle) ?? [0, 0]]),
  );
  const point = (slug: string) => points.get(slug) ?? [0, 0];
  const most = Math.max(...arcs.map(strength));
  const isApart = arcs.length <= MOST_WITH_KINDS_APART;
  const drawn = arcs.map((edge) => {
    const ends: [Point, Point] = [point(edge.supporter), point(edge.recipient)];
    return { edge, shapes: shapesOf(edge, ends, strength(edge) / most, isApart, kinds) };
  });
  const isInside = ({ at: [x, y] }: Label) => x >= 0 && x <= width && y >= 0 && y <= height;
  const labels = fitting(
    [
      ...onMap.map(({ slug, name }) => ({
        key: slug,
        text: drawnName(name, FITS),
        at: point(slug),
      })),
      ...(arcs.length <= MOST_WITH_LABELS ? drawn : []).flatMap(({ shapes }, index) =>
        shapes.map(({ hue, label }) => ({ key: `${index} ${hue}`, hue, ...label })),
      ),
    ].filter(isInside),
  );
  const select = (slug: string) => change({ selected: { type: "actor", slug } });
  const expand = (slug: string) =>
    change((now) => ({ around: [...new Set([...now.around, slug])] }));
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined || arcs.length === 0) return;
    event.preventDefault();
    const next = (tabbable + step + arcs.length) % arcs.length;
    setMarked(next);
    event.currentTarget.querySelector<SVGElement>(`[data-arc="${next}"]`)?.focus();
  };
  return (
    <>
      <svg
        ref={frame}
        width={width}
        height={height}
        role="group"
        className={isApart ? undefined : "crowded"}
        aria-label={words.map.label(onMap.length, arcs.length)}
        onKeyDown={onKeyDown}
      >
        <g ref={drawing}>
          <g aria-hidden="true">
            {shapes.map(({ country, path }, index) => {
              const actor = actors.get(country);
              const isSelected = selected?.type === "actor" && selected.slug === actor?.slug;
              const role = actor ? "country involved" : "country";
              return (
                <path
                  key={index}
                  className={isSelected ? `${role} selected` : role}
                  d={path}
                  onClick={actor && (() => select(actor.slug))}
                  onDoubleClick={actor && (() => expand(actor.slug))}
                >
                  {actor && <title>{`${actor.name}: ${words.supports(actor.supports)}`}</title>}
                </path>
              );
            })}
          </g>
          {/* The strongest is drawn last, over the others. */}
          {drawn
            .map(({ edge, shapes }, index) => (
              <EdgeArcs
                key={`${edge.supporter}..${edge.recipient}`}
                edge={edge}
                index={index}
                shapes={shapes}
                isTabbable={index === tabbable}
                isSelected={isSelectedEdge(edge, selected)}
                names={names}
                kinds={kinds}
                onMark={() => setMarked(index)}
                change={change}
              />
            ))
            .reverse()}
          <MapLabels labels={labels} width={width} select={select} expand={expand} />
        </g>
      </svg>
      <div className="view-tools" role="group" aria-label={words.zoom.label}>
        <Tool label={words.zoom.in} path={ZOOM_ICONS.in} onClick={() => zoomBy(1.5)} />
        <Tool label={words.zoom.out} path={ZOOM_ICONS.out} onClick={() => zoomBy(1 / 1.5)} />
        <Tool label={words.zoom.fit} path={ZOOM_ICONS.fit} onClick={() => aim(null)} />
      </div>
    </>
  );
}, showsTheSame);

function strength({ certain, possible }: FoldedEdge): number {
  return certain + possible;
}

function isSelectedEdge(edge: FoldedEdge, selected: Selection | null): boolean {
  return (
    selected?.type === "edge" &&
    selected.supporter === edge.supporter &&
    selected.recipient === edge.recipient
  );
}
