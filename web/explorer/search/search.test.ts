import { expect, test } from "vitest";
import { KindTree } from "../kinds/kinds";
import { askFound, type Found, pieces, suggestionsOf } from "./find";

test("a text is split at its matches, with offsets in code points", () => {
  expect(pieces("🇺🇦 Ukraine now", [{ start: 3, end: 6 }])).toEqual([
    ["🇺🇦 ", false],
    ["Ukr", true],
    ["aine now", false],
  ]);
  expect(pieces("nothing", [])).toEqual([["nothing", false]]);
});

test("text without a letter or a digit sends no query", () => {
  expect(askFound("?!", null)).toBeNull();
  expect(askFound("普", null)?.variables).toEqual({ text: "普" });
});

const hit = (type: string, text: string, record: object) => ({ type, text, matches: [], record });

test("a suggestion describes its record and selects it", () => {
  const nodes = [
    hit("ACTOR", "DPRK", {
      __typename: "Actor",
      id: "actor_1",
      slug: "north-korea",
      name: "North Korea",
      actorKind: "STATE",
    }),
    hit("STATEMENT", "They send troops.", {
      __typename: "Statement",
      id: "statement_2",
      speaker: { name: "Mark Rutte" },
    }),
    hit("DATASET", "esd", {
      __typename: "Dataset",
      id: "dataset_3",
      slug: "esd",
      title: "External Support",
      version: "2",
    }),
  ];
  const found = { search: { totalCount: 3, nodes } } as unknown as Found;
  expect(
    suggestionsOf(found, new KindTree([])).map(({ note, parts }) => [note, parts.selected]),
  ).toEqual([
    ["Actor · State · North Korea", { type: "actor", slug: "north-korea" }],
    ["Statement · Mark Rutte", { type: "statement", id: "statement_2" }],
    ["Data set · External Support · 2", { type: "dataset", slug: "esd" }],
  ]);
});
