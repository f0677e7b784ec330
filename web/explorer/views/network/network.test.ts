import { describe, expect, test } from "vitest";
import { type Kind, KindTree } from "../../kinds/kinds";
import { isSameNetwork } from "./drawing";
import { hitAt } from "./hits";
import { placeLabels } from "./labels";
import { layOut, type Placed, settle, turnedFor } from "./layout";
import { linesOf } from "./lines";
import { hiddenMiddle } from "./marks";
import type { NetworkEdge, NetworkNode } from "./network_query";
import { cameraFor, onScreen, sceneOf } from "./scene";
import { pathText } from "./path_text";
import { fadedParts, fadeOf, traceLine, tracePart } from "./strokes";
import { svgOf } from "./svg";
import { cross, step } from "./walk";

const kind = (name: string, parent: string | null) =>
  ({ kind: name, label: name.toLowerCase(), parent, description: "" }) as Kind;
const TREE = new KindTree([
  kind("SUPPORT", null),
  kind("MILITARY", "SUPPORT"),
  kind("DRONES", "MILITARY"),
  kind("MISSILES", "MILITARY"),
  kind("TROOPS", "MILITARY"),
  kind("TRAINING", "MILITARY"),
  kind("TRADE", "SUPPORT"),
]);

type Part = NetworkEdge["parts"][number];
const part = (name: string, more: Partial<Part> = {}) =>
  ({
    kind: name,
    phase: "DELIVERED",
    certain: 1,
    possible: 0,
    mutual: false,
    contested: false,
    startCensored: false,
    endCensored: false,
    candidatesAtLeast: null,
    candidates: null,
    ...more,
  }) as Part;
const edge = (supporter: string, recipient: string, ...parts: Part[]): NetworkEdge => ({
  supporter: { slug: supporter },
  recipient: { slug: recipient },
  parts,
});
const node = (slug: string, name = slug): NetworkNode => ({
  given: 1,
  received: 1,
  actor: { slug, name, kind: "STATE" },
});
const at = (x: number, y: number): Placed => ({ x, y, isPinned: false });

describe("lines", () => {
  test("of one edge are parallel, up to four", () => {
    const lines = linesOf([edge("iran", "russia", part("DRONES"), part("MISSILES"))], TREE);
    expect(lines.map((line) => [line.label, line.lane])).toEqual([
      ["drones", -0.5],
      ["missiles", 0.5],
    ]);
  });

  test("of both directions share the lanes between two actors", () => {
    const lines = linesOf(
      [edge("b", "a", part("TRADE")), edge("a", "b", part("DRONES"), part("TROOPS"))],
      TREE,
    );
    expect(new Set(lines.map((line) => line.lane))).toEqual(new Set([-1, 0, 1]));
  });

  test("beyond four are a bundle with the number of kinds and of supports", () => {
    const kinds = ["DRONES", "MISSILES", "TROOPS", "TRAINING", "MILITARY"];
    const parts = kinds.map((name) => part(name, { certain: 2, possible: 1 }));
    const [line, ...others] = linesOf([edge("a", "b", ...parts)], TREE);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ label: "5 kinds · 15", kind: null, hue: "military", count: 15 });
  });

  test("of a pact are one line with two heads, although each direction has its own support", () => {
    const pact = part("MILITARY", { mutual: true });
    const lines = linesOf([edge("a", "b", pact), edge("b", "a", pact)], TREE);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.isMutual).toBe(true);
  });

  test("of a fan are labelled with how many of how many candidates give it", () => {
    const possible = { certain: 0, possible: 1, candidates: 4 };
    const parts = [
      part("TROOPS", { ...possible, candidatesAtLeast: 2 }),
      part("DRONES", { ...possible, possible: 3 }),
      part("TRADE", { certain: 1, possible: 1, candidates: 4 }),
    ];
    const lines = linesOf([edge("a", "b", ...parts)], TREE);
    expect(lines.map(({ label }) => label)).toEqual([
      "troops · 2 of 4",
      "drones · 3 · some of 4",
      "trade · 2",
    ]);
  });

  test("are marked as possible without a certain supporter, and as contested if sources disagree", () => {
    const parts = [
      part("DRONES", { certain: 0, possible: 3 }),
      part("TROOPS", { contested: true }),
    ];
    const lines = linesOf([edge("a", "b", ...parts)], TREE);
    expect(lines.map((line) => [line.label, line.isPossible])).toEqual([
      ["drones · 3", true],
      ["≠ troops", false],
    ]);
  });
});

const EDGES = [edge("a", "b", part("DRONES")), edge("c", "a", part("TRADE"))];
const LINES = linesOf(EDGES, TREE);
const PLACES = new Map([
  ["a", at(0, 0)],
  ["b", at(100, 0)],
  ["c", at(0, 100)],
]);
const CAMERA = { k: 3, left: 50, top: 50 };
const NODES = [node("a", "Alpha"), node("b", "<b>"), node("c")];
const SCENE = sceneOf(NODES, LINES, PLACES, CAMERA, "same");

describe("the layout", () => {
  test("is the same for the same data, and gives unconnected actors different places", () => {
    const once = layOut(["a", "b", "c"], LINES, new Map());
    expect(layOut(["a", "b", "c"], LINES, new Map())).toEqual(once);
    expect(new Set([...once.places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
  });

  test("moves no actor if none is new, and no pinned actor", () => {
    expect(layOut(["a", "b"], LINES, PLACES).places).toEqual(
      new Map([
        ["a", at(0, 0)],
        ["b", at(100, 0)],
      ]),
    );
    const pinned = new Map([["a", { ...at(7, 7), isPinned: true }]]);
    const { places } = layOut(["a", "b", "c"], LINES, pinned);
    expect(places.get("a")).toMatchObject({ x: 7, y: 7 });
  });

  test("of a few actors is completed at once, that of many in two parts", () => {
    expect(layOut(["a", "b", "c"], LINES, new Map()).steps).toBe(0);
    const many = Array.from({ length: 600 }, (_, number) => `actor-${number}`);
    const begun = layOut(many, [], new Map());
    expect(begun.steps).toBeGreaterThan(0);
    const settled = settle(begun);
    expect([...settled.keys()]).toEqual(many);
    expect(settled).not.toEqual(begun.places);
  });

  test("is mirrored if it then fills the window better, with the same distances", () => {
    const high = new Map([
      ["iran", at(0, 0)],
      ["russia", at(10, 90)],
    ]);
    expect(turnedFor(high, 600, 800)).toBe(high);
    expect([...turnedFor(high, 800, 600).values()]).toEqual([at(0, 0), at(90, 10)]);
  });

  test("fits into the window", () => {
    const camera = cameraFor(PLACES.values(), 800, 600);
    for (const place of PLACES.values()) {
      const { x, y } = onScreen(place, camera);
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(800);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(600);
    }
  });
});

describe("a network that is loaded again", () => {
  const [first, second] = [edge("a", "b", part("DRONES")), edge("b", "c", part("TRADE"))];
  const shown = (edges: NetworkEdge[], nodes = NODES) => ({
    nodes,
    lines: linesOf(edges, TREE),
    size: "both" as const,
  });

  test("is the same with new objects of the same actors and lines", () => {
    expect(isSameNetwork(shown([first, second]), shown([{ ...first }, { ...second }]))).toBe(true);
  });

  test("is different without one of its lines or actors", () => {
    expect(isSameNetwork(shown([first, second]), shown([first]))).toBe(false);
    expect(isSameNetwork(shown([first]), shown([second]))).toBe(false);
    expect(isSameNetwork(shown([first]), shown([first], NODES.slice(0, 2)))).toBe(false);
  });
});

describe("the pointer", () => {
  test("finds an actor, a line, or nothing", () => {
    expect(hitAt(SCENE, { x: 52, y: 49 })).toMatchObject({ actor: { slug: "a" } });
    expect(hitAt(SCENE, { x: 200, y: 53 })).toMatchObject({ line: { line: { target: "b" } } });
    expect(hitAt(SCENE, { x: 300, y: 300 })).toBeNull();
  });
});

describe("what is marked", () => {
  const at = (actor: string | null, keys: string[], width: number) =>
    hiddenMiddle(SCENE, { actor, lines: new Set(keys) }, width, 600);
  const [line] = SCENE.lines;

  test("is hidden if none of it is in the window", () => {
    expect(at("b", [], 800)).toBeNull();
    expect(at("b", [], 300)).toMatchObject({ slug: "b", x: 350 });
  });

  test("is visible if a part of a line is in the window", () => {
    const keys = [line?.line.key ?? ""];
    expect(at(null, keys, 100)).toBeNull();
    expect(at(null, keys, 50)).toMatchObject({ y: 50 });
    expect(at(null, [], 50)).toBeNull();
  });
});

describe("keys", () => {
  test("move from line to line around an actor, and back to the first", () => {
    const first = step(SCENE, { actor: "a", line: null }, "ArrowRight");
    const second = step(SCENE, first, "ArrowRight");
    expect([first.line?.target, second.line?.source]).toEqual(["b", "c"]);
    expect(step(SCENE, second, "ArrowRight")).toEqual(first);
    expect(step(SCENE, first, "ArrowLeft")).toEqual(second);
  });

  test("move to the other end of a line", () => {
    const walk = step(SCENE, { actor: "a", line: null }, "ArrowRight");
    expect(cross(walk)).toEqual({ actor: "b", line: null });
  });
});

describe("labels", () => {
  const limits = { width: 800, height: 600, measure: (text: string) => text.length * 7 };

  test("do not overlap", () => {
    const crowd = Array.from({ length: 40 }, (_, index) => node(`n${index}`, "A longer name"));
    const places = new Map(crowd.map(({ actor }, index) => [actor.slug, at(index * 5, index % 7)]));
    const scene = sceneOf(crowd, [], places, CAMERA, "same");
    const labels = placeLabels(scene, new Set(), limits);
    expect(labels.length).toBeGreaterThan(0);
    for (const one of labels) {
      const near = labels.filter(
        (other) => Math.abs(other.x - one.x) < 91 && Math.abs(other.y - one.y) < 15,
      );
      expect(near).toEqual([one]);
    }
  });

  test("of a line read from left to right", () => {
    const angles = placeLabels(SCENE, new Set(), limits).map(({ angle }) => angle);
    expect(Math.max(...angles.map(Math.abs))).toBeLessThanOrEqual(Math.PI / 2);
  });
});

test("a censored line fades at that end, in the SVG file too", () => {
  const cut = part("DRONES", { endCensored: true });
  const lines = linesOf([edge("a", "b", cut), edge("c", "a", part("TRADE"))], TREE);
  const scene = sceneOf(NODES, lines, PLACES, CAMERA, "same");
  expect(scene.lines.map((line) => fadeOf(line)?.at(-1))).toEqual([[1, 0], undefined]);
  expect(scene.lines.map((line) => fadeOf(line)?.at(0))).toEqual([[0, 1], undefined]);
  const palette = { page: "#fff", ink: "#000", hues: {} };
  const svg = svgOf(scene, [], palette as never, 800, 600);
  expect(svg.match(/stroke="url\(#fade-\d+\)"/g)).toHaveLength(1);
});

test("among many lines a fade is drawn in adjacent pieces, each fainter than the one before", () => {
  const cut = part("DRONES", { endCensored: true });
  const lines = linesOf([edge("a", "b", cut)], TREE);
  const [line] = sceneOf(NODES, lines, PLACES, CAMERA, "same").lines;
  const fade = line && fadeOf(line);
  if (!fade) throw new Error("The line does not fade.");
  const parts = fadedParts(fade);
  const opacities = parts.map(({ opacity }) => opacity);
  expect(opacities).toEqual([1, 1, 0.875, 0.625, 0.375, 0.125]);
  const numbers = (path: string) => path.match(/-?[\d.]+/g)?.map((each) => Number(each)) ?? [];
  const ends = parts.map(({ from, to }) => {
    const path = pathText((pen) => tracePart(pen, line, from, to));
    return { from: numbers(path).slice(0, 2), to: numbers(path).slice(4) };
  });
  ends.slice(1).forEach(({ from }, place) => expect(from).toEqual(ends[place]?.to));
  const whole = numbers(pathText((pen) => traceLine(pen, line)));
  expect([ends[0]?.from, ends.at(-1)?.to]).toEqual([whole.slice(0, 2), whole.slice(4)]);
});

test("a label of a line leaves a gap in it, in the SVG file too", () => {
  const palette = { page: "#fff", ink: "#000", hues: {} };
  const label = { text: "drones", x: 50, y: 60, width: 40, angle: 0, of: "line", key: "" } as const;
  const svg = svgOf(SCENE, [label], palette as never, 800, 600);
  const turn = 'transform="translate(50 60) rotate(0)"';
  expect(svg).toContain(`<rect ${turn} x="-23" y="-7" width="46" height="14" fill="#fff"`);
  expect(svg).toContain(`<text ${turn} font-size="12">drones</text>`);
});

test("markup in a name is text in the SVG file", () => {
  const palette = { page: "#fff", ink: "#000", muted: "", accent: "", actor: "#333", hues: {} };
  const svg = svgOf(SCENE, [], palette as never, 800, 600);
  expect(svg).toContain("<title>&#60;b&#62;</title>");
  expect(svg).not.toContain("<b>");
});

test("many lines are at most one pixel wide until the user zooms in", () => {
  const count = 1600;
  const ends = Array.from({ length: count }, (_, at) => [`a${at % 40}`, `b${at}`] as const);
  const slugs = [...new Set(ends.flat())];
  const nodes = slugs.map((slug) => ({ ...NODES[0], actor: { slug, name: slug, kind: "STATE" } }));
  const places = new Map(
    slugs.map((slug, at) => [slug, { x: at % 41, y: Math.floor(at / 41), isPinned: false }]),
  );
  const lines = ends.map(([source, target]) => ({ ...LINES[0], key: target, source, target }));
  const widest = (k: number) =>
    sceneOf(nodes as never, lines as never, places, { k, left: 0, top: 0 }, "same").widest;
  expect(widest(10)).toBe(1);
  expect(widest(200)).toBe(Number.POSITIVE_INFINITY);
  expect(SCENE.widest).toBe(Number.POSITIVE_INFINITY);
});
