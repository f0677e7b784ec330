import { expect, test } from "vitest";
import { type Kind, KindTree, listed } from "./kinds";

const kind = (name: string, parent: string | null) =>
  ({ kind: name, label: name.toLowerCase(), parent, description: "" }) as Kind;

const TREE = new KindTree([
  kind("SUPPORT", null),
  kind("MILITARY", "SUPPORT"),
  kind("WEAPONS", "MILITARY"),
  kind("DRONES", "WEAPONS"),
  kind("ARMOUR", "WEAPONS"),
  kind("ECONOMY", "SUPPORT"),
  kind("TRADE", "ECONOMY"),
]);

test("a kind without its own colour has that of the nearest kind above it", () => {
  expect(TREE.hue("DRONES")).toBe("drones");
  expect(TREE.hue("ARMOUR")).toBe("military");
  expect(TREE.hue("TRADE")).toBe("economy");
  expect(TREE.hue("SUPPORT")).toBe("other");
});

test("`coloured` is the kind whose own colour is shown; null for the colour of all others", () => {
  expect(TREE.coloured("ARMOUR")).toBe("MILITARY");
  expect(TREE.coloured("DRONES")).toBe("DRONES");
  expect(TREE.coloured("SUPPORT")).toBeNull();
});

test("`under` returns the kinds below at any depth", () => {
  expect(TREE.under("MILITARY")).toEqual(["MILITARY", "WEAPONS", "DRONES", "ARMOUR"]);
});

test("the common kind is the nearest one above all of the given kinds", () => {
  expect(TREE.common(["DRONES", "ARMOUR"])).toBe("WEAPONS");
  expect(TREE.common(["DRONES", "TRADE"])).toBe("SUPPORT");
  expect(TREE.common(["DRONES"])).toBe("DRONES");
});

test("a tree is listed with each kind before those below it", () => {
  const tree = [{ ...kind("A", null), children: [kind("B", "A"), kind("C", "A")] }];
  expect(listed(tree).map((each) => each.kind)).toEqual(["A", "B", "C"]);
});
