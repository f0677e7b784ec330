import { describe, expect, test } from "vitest";
import { type Kind, KindTree } from "../kinds/kinds";
import { FIRST_QUESTION, type Question } from "../question/question";
import { chosenState, toggleKind, toggleTerm } from "./choose";
import {
  censoredByYear,
  ChoiceCounts,
  conflictCounts,
  type Counts,
  supportsByYear,
} from "./counts";

const kind = (name: string, parent: string | null) =>
  ({ kind: name, label: name, parent, description: "" }) as Kind;
const TREE = new KindTree([
  kind("SUPPORT", null),
  kind("MILITARY", "SUPPORT"),
  kind("WEAPONS", "MILITARY"),
  kind("DRONES", "WEAPONS"),
  kind("ECONOMY", "SUPPORT"),
]);

const group = (kind_name: string, phase: string, slug: string, certain: number, possible = 0) =>
  ({
    kind: kind_name,
    phase,
    dataset: { slug },
    certain: { supports: certain },
    possible: { supports: possible },
  }) as Counts["choices"]["nodes"][number];
const GROUPS = [
  group("DRONES", "DELIVERED", "one", 3),
  group("WEAPONS", "DELIVERED", "two", 2, 4),
  group("WEAPONS", "PLEDGED", "two", 10),
  group("ECONOMY", "PLEDGED", "one", 100),
];
const counts = (parts: Partial<Question>) =>
  new ChoiceCounts(GROUPS, { ...FIRST_QUESTION, ...parts }, TREE);

describe("the count of a choice", () => {
  test("includes the narrower kinds", () => {
    expect(counts({}).kind("MILITARY")).toBe(19);
    expect(counts({}).kindAlone("WEAPONS")).toBe(16);
  });

  test("depends on the choices of the other filters, not on its own", () => {
    const chosen = counts({ phases: ["DELIVERED"], kinds: [{ kind: "WEAPONS", under: true }] });
    expect(chosen.kind("MILITARY")).toBe(9);
    expect(chosen.phase("PLEDGED")).toBe(10);
    expect(chosen.dataset("one")).toBe(3);
    expect(chosen.dataset("two")).toBe(6);
  });

  test("of a year is the sum of its groups", () => {
    const year = (number: number | null, certain: number) => ({
      year: number,
      certain: { supports: certain },
      possible: { supports: 1 },
    });
    expect(supportsByYear([year(2020, 2), year(2020, 3), year(null, 9)])).toEqual(
      new Map([[2020, 7]]),
    );
  });
});

test("censored supports count in the last year of their data set and phase", () => {
  const total = (year: number | null, slug: string, supports: number) => ({
    year,
    phase: "DELIVERED" as const,
    dataset: { slug },
    certain: { supports },
    possible: { supports: 1 },
  });
  const newest_first = [total(null, "one", 9), total(2020, "two", 4), total(2017, "one", 2)];
  expect(censoredByYear([...newest_first, total(2016, "one", 50)])).toEqual(
    new Map([
      [2020, 5],
      [2017, 3],
    ]),
  );
});

test("conflicts are added up over data sets, and a chosen one is always listed", () => {
  const conflict = (slug: string | null, certain: number, possible: number) => ({
    conflict: slug === null ? null : { slug, name: slug },
    certain: { supports: certain },
    possible: { supports: possible },
  });
  const answer = {
    conflicts: {
      nodes: [
        conflict(null, 50, 0),
        conflict("one", 3, 0),
        conflict("two", 2, 1),
        conflict("two", 1, 0),
      ],
    },
    chosenConflicts: { nodes: [{ slug: "three", name: "three" }] },
  } as unknown as Counts;
  expect(conflictCounts(answer).map(({ slug, supports }) => [slug, supports])).toEqual([
    ["two", 4],
    ["one", 3],
    ["three", 0],
  ]);
});

describe("a click on a kind", () => {
  const weapons = [{ kind: "WEAPONS", under: true }];

  test("chooses it with its narrower kinds, and a second click removes it", () => {
    expect(toggleKind([], TREE, "WEAPONS")).toEqual(weapons);
    expect(toggleKind(weapons, TREE, "WEAPONS")).toEqual([]);
  });

  test("replaces narrower and broader choices, and leaves others", () => {
    expect(toggleKind(weapons, TREE, "MILITARY")).toEqual([{ kind: "MILITARY", under: true }]);
    expect(toggleKind(weapons, TREE, "DRONES")).toEqual([{ kind: "DRONES", under: true }]);
    expect(toggleKind(weapons, TREE, "ECONOMY")).toHaveLength(2);
  });

  test("shows narrower kinds as chosen, and broader ones as partly chosen", () => {
    expect(chosenState(weapons, TREE, "DRONES")).toBe("yes");
    expect(chosenState(weapons, TREE, "MILITARY")).toBe("partly");
    expect(chosenState(weapons, TREE, "ECONOMY")).toBe("no");
  });
});

test("terms keep the order of their vocabulary", () => {
  expect(toggleTerm(["A", "B", "C"], ["C"], "A")).toEqual(["A", "C"]);
  expect(toggleTerm(["A", "B", "C"], ["A", "C"], "C")).toEqual(["A"]);
});
