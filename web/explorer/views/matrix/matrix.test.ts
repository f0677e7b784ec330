import { expect, test } from "vitest";
import { type Kind, KindTree } from "../../kinds/kinds";
import type { Network } from "../network/network_query";
import { matrixOf, sortOf } from "./matrix";
import { cellAfter } from "./walk";

const TREE = new KindTree([
  { kind: "MILITARY", label: "Military", description: "", parent: null },
  { kind: "DRONES", label: "Drones", description: "", parent: "MILITARY" },
] as Kind[]);

/** A network of edges `[supporter, recipient, certain, possible]`, each of one kind. */
function network(...edges: [string, string, number, number?][]): Network {
  const slugs = [...new Set(edges.flatMap(([from, to]) => [from, to]))];
  return {
    nodeCount: slugs.length,
    edgeCount: edges.length,
    supportCount: 0,
    complete: true,
    nodes: slugs.map((slug) => ({
      given: 0,
      received: 0,
      actor: { slug, name: slug.toUpperCase(), kind: "STATE" },
    })),
    edges: edges.map(([supporter, recipient, certain, possible = 0]) => ({
      supporter: { slug: supporter },
      recipient: { slug: recipient },
      parts: [part({ certain, possible })],
    })),
  } as unknown as Network;
}

function part(parts: Partial<Network["edges"][number]["parts"][number]>) {
  const none = {
    certain: 0,
    possible: 0,
    mutual: false,
    contested: false,
    startCensored: false,
    endCensored: false,
    candidatesAtLeast: null,
    candidates: null,
  };
  return { kind: "DRONES", phase: "DELIVERED", ...none, ...parts } as const;
}

const slugs = (heads: readonly { slug: string }[]) => heads.map(({ slug }) => slug);

test("rows and columns are sorted by their numbers of supports, or by name", () => {
  const given = network(["b", "x", 1], ["a", "y", 5], ["c", "y", 2, 9]);
  const byNumber = matrixOf(given, TREE, "number");
  expect(slugs(byNumber.supporters)).toEqual(["c", "a", "b"]);
  expect(slugs(byNumber.recipients)).toEqual(["y", "x"]);
  expect(slugs(matrixOf(given, TREE, "name").supporters)).toEqual(["a", "b", "c"]);
  expect(sortOf("cluster")).toBe("cluster");
  expect(sortOf("-startedOn")).toBe("number");
});

test("a cell adds up the parts of its edge, the most frequent kind first", () => {
  const given = network(["a", "x", 0]);
  given.edges[0]?.parts.splice(
    0,
    1,
    part({ kind: "MILITARY", certain: 1 }),
    part({ certain: 2, possible: 1, contested: true }),
    part({ certain: 1, phase: "PLEDGED" }),
  );
  expect(matrixOf(given, TREE, "number").rows.get("a")?.[0]).toMatchObject({
    certain: 4,
    possible: 1,
    contested: true,
    kinds: ["DRONES", "MILITARY"],
    hues: [
      ["drones", 4],
      ["military", 1],
    ],
  });
});

test("clustered, connected actors are adjacent, and the order of the edges does not matter", () => {
  const edges: [string, string, number][] = [
    ["a", "x", 5],
    ["b", "y", 4],
    ["c", "x", 3],
    ["d", "y", 2],
    ["c", "z", 1],
  ];
  const one = matrixOf(network(...edges), TREE, "cluster");
  const other = matrixOf(network(...edges.reverse()), TREE, "cluster");
  expect(slugs(one.supporters)).toEqual(["a", "c", "b", "d"]);
  expect(slugs(one.recipients)).toEqual(["x", "z", "y"]);
  expect([slugs(other.supporters), slugs(other.recipients)]).toEqual([
    slugs(one.supporters),
    slugs(one.recipients),
  ]);
});

test("an actor that gives to itself is a row and a column", () => {
  const { supporters, recipients } = matrixOf(network(["a", "a", 1]), TREE, "cluster");
  expect([slugs(supporters), slugs(recipients)]).toEqual([["a"], ["a"]]);
});

test("right and left reach every cell, up and down stay in the column", () => {
  const matrix = matrixOf(network(["a", "x", 9], ["a", "y", 8], ["b", "y", 1]), TREE, "number");
  const [ax, ay] = matrix.rows.get("a") ?? [];
  const [by] = matrix.rows.get("b") ?? [];
  if (!ax || !ay || !by) throw new Error("a cell is missing");
  expect(cellAfter("ArrowRight", ax, matrix)).toBe(ay);
  expect(cellAfter("ArrowRight", ay, matrix)).toBe(by);
  expect(cellAfter("ArrowRight", by, matrix)).toBeUndefined();
  expect(cellAfter("ArrowDown", ay, matrix)).toBe(by);
  expect(cellAfter("ArrowDown", ax, matrix)).toBeUndefined();
  expect(cellAfter("Home", ay, matrix)).toBe(ax);
  expect(cellAfter("a", ay, matrix)).toBeUndefined();
});
