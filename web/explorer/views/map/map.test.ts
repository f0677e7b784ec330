import { zoomIdentity } from "d3-zoom";
import { expect, test } from "vitest";
import { KindTree } from "../../kinds/kinds";
import { arcOf } from "./arc";
import { fitting } from "./labels";
import type { MapActor, MapNetwork } from "./map_query";
import { placedOf } from "./placed";
import { placeOf } from "./places";
import { cameraFor, seen, worldIn } from "./projection";

type Code = MapActor["codes"][number];

function code(value: string, parts: Partial<Code> = {}): Code {
  return { scheme: "ISO_3166_1_ALPHA_3", value, endedOn: null, ...parts };
}

function state(slug: string, ...codes: Code[]): MapActor {
  return { slug, name: slug.toUpperCase(), kind: "STATE", codes };
}

const IRAN = state("iran", code("IRN"));
const RUSSIA = state("russia", code("RU", { scheme: "ISO_3166_1_ALPHA_2" }));
const NATO: MapActor = { ...state("nato"), kind: "ORGANISATION" };

test("a state is found by its two-letter or its three-letter code", () => {
  expect(placeOf(IRAN)).toMatchObject({ country: { id: "364" } });
  expect(placeOf(RUSSIA)).toMatchObject({ country: { id: "643" } });
});

test("an actor without a place has the reason", () => {
  expect(placeOf(NATO)).toEqual({ reason: "noState" });
  expect(placeOf(state("soviet-union", code("SUN", { endedOn: "1991-12-25" })))).toEqual({
    reason: "noCode",
  });
  expect(placeOf(state("unknown", code("XXX")))).toEqual({ reason: "noCode" });
  expect(placeOf(state("malta", code("MLT")))).toEqual({ reason: "tooSmall" });
});

test("a country's place is in its largest part, not between its parts", () => {
  const place = placeOf(state("france", code("FRA")));
  if (!("middle" in place)) throw new Error("France has no place");
  const [longitude, latitude] = place.middle;
  // In Europe: the centroid of all parts would be nearer to French Guiana.
  expect(longitude).toBeGreaterThan(1);
  expect(longitude).toBeLessThan(4);
  expect(Math.round(latitude)).toBe(47);
});

test("an edge is an arc if both its ends are on the map; otherwise it is listed beside the map", () => {
  const edge = (supporter: string, recipient: string, certain: number) => ({
    supporter: { slug: supporter },
    recipient: { slug: recipient },
    parts: [{ kind: "DRONES", phase: "DELIVERED", certain, possible: 0, contested: false }],
  });
  const network = {
    edgeCount: 3,
    complete: true,
    nodes: [IRAN, RUSSIA, NATO].map((actor) => ({ actor, given: 1, received: 0 })),
    edges: [edge("iran", "russia", 2), edge("nato", "russia", 1), edge("iran", "iran", 1)],
  } as unknown as MapNetwork;
  const { onMap, beside, arcs } = placedOf(network, new KindTree([]));
  expect(onMap.map(({ slug }) => slug)).toEqual(["iran", "russia"]);
  expect(arcs.map(({ supporter, recipient }) => [supporter, recipient])).toEqual([
    ["iran", "russia"],
  ]);
  expect(beside).toMatchObject([{ slug: "nato", edges: [{ recipient: "russia" }] }]);
});

test("the arcs of opposite directions bend to different sides", () => {
  const there = arcOf([0, 0], [100, 0], 0.2, 1).at(0.5);
  const back = arcOf([100, 0], [0, 0], 0.2, 1).at(0.5);
  expect(there[1]).toBeLessThan(-10);
  expect(back[1]).toBeGreaterThan(10);
});

test("the map shows all actors, enlarged if they are close to each other", () => {
  const size: [number, number] = [800, 500];
  const world = worldIn(size);
  expect(cameraFor([], world, size).k).toBe(1);
  const near: [number, number][] = [
    [30, 50],
    [60, 40],
  ];
  const part = seen(world, cameraFor(near, world, size));
  expect(part.scale()).toBeGreaterThan(world.scale());
  for (const place of near) {
    const [x = -1, y = -1] = part(place) ?? [];
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(800);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(500);
  }
});

test("a camera moves and scales the whole world", () => {
  const world = worldIn([800, 500]);
  const part = seen(world, zoomIdentity.translate(30, -20).scale(2));
  const [x = 0, y = 0] = world([60, 40]) ?? [];
  const [left = 0, top = 0] = part([60, 40]) ?? [];
  expect(left).toBeCloseTo(2 * x + 30);
  expect(top).toBeCloseTo(2 * y - 20);
});

test("a label that would overlap a more important one is left out", () => {
  const label = (slug: string, x: number, y: number) =>
    ({ key: slug, text: "North Korea", at: [x, y] }) as const;
  const labels = [label("a", 0, 0), label("b", 20, 5), label("c", 20, 30)];
  expect(fitting(labels).map(({ key }) => key)).toEqual(["a", "c"]);
});
