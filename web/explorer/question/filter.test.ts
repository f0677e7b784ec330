import { expect, test } from "vitest";
import { supportFilter } from "./filter";
import { FIRST_QUESTION, type Question } from "./question";

const QUESTION: Question = {
  ...FIRST_QUESTION,
  kinds: [{ kind: "MILITARY", under: true }],
  phases: ["DELIVERED"],
  contested: true,
  from: 2022,
};

test("the first question has no filter", () => {
  expect(supportFilter(FIRST_QUESTION)).toEqual({});
});

test("each chosen filter becomes a condition on its field", () => {
  expect(supportFilter(QUESTION)).toEqual({
    kind: { under: "MILITARY" },
    phase: { in: ["DELIVERED"] },
    assessment: { contested: { eq: true } },
    validDuring: { from: "2022", to: null },
  });
});

test("several kinds are alternatives", () => {
  const kinds = [
    { kind: "MILITARY", under: true },
    { kind: "FUNDING", under: false },
    { kind: "TRADE", under: false },
  ];
  expect(supportFilter({ ...FIRST_QUESTION, kinds })).toEqual({
    or: [{ kind: { under: "MILITARY" } }, { kind: { in: ["FUNDING", "TRADE"] } }],
  });
});

test("two conditions on the assessment both hold", () => {
  expect(supportFilter({ ...FIRST_QUESTION, contested: true, grades: ["A"] })).toEqual({
    and: [
      { assessment: { bestReliability: { in: ["A"] } } },
      { assessment: { contested: { eq: true } } },
    ],
  });
});

test("a filter can be left out", () => {
  expect(supportFilter(QUESTION, ["phases", "time", "contested"])).toEqual({
    kind: { under: "MILITARY" },
  });
});
