import { describe, expect, test } from "vitest";
import { addressOf, questionOf } from "./address";
import { FIRST_QUESTION, type Question } from "./question";

const FULL: Question = {
  view: "table",
  kinds: [
    { kind: "MILITARY", under: true },
    { kind: "FUNDING", under: false },
  ],
  phases: ["PLEDGED", "DELIVERED"],
  datasets: ["ucdp-esd"],
  conflicts: ["russia-ukraine-war"],
  grades: ["A", "B"],
  credibilities: [1, 6],
  attributions: ["SOME_OF"],
  contested: true,
  from: 2022,
  to: 2024,
  around: ["russia", "ukraine"],
  hops: 2,
  asOf: 12,
  size: "given",
  sort: "-startedOn",
  most: 1000,
  measure: "worth.EUR",
  by: "supporter-year",
  selected: { type: "edge", supporter: "iran", recipient: "russia", kind: "DRONES" },
};

describe("the address of a question", () => {
  test("is empty for the first question", () => {
    expect(addressOf(FIRST_QUESTION)).toBe("");
    expect(questionOf("")).toEqual(FIRST_QUESTION);
  });

  test("is short and readable", () => {
    const question = { ...FIRST_QUESTION, kinds: FULL.kinds, around: ["russia"], hops: 2 };
    expect(addressOf(question)).toBe("?kind=under:MILITARY,FUNDING&around=russia&hops=2");
  });

  test("parses to the same question", () => {
    expect(questionOf(addressOf(FULL))).toEqual(FULL);
    const actor: Question = { ...FIRST_QUESTION, selected: { type: "actor", slug: "iran" } };
    expect(questionOf(addressOf(actor))).toEqual(actor);
    const selected = { type: "statement", id: "statement_7" } as const;
    expect(addressOf({ ...FIRST_QUESTION, selected })).toBe("?statement=statement_7");
    expect(questionOf("?statement=statement_7").selected).toEqual(selected);
    const dataset: Question = {
      ...FIRST_QUESTION,
      selected: { type: "dataset", slug: "ucdp-esd" },
    };
    expect(questionOf(addressOf(dataset))).toEqual(dataset);
  });

  test("is the same however its parts are ordered or encoded", () => {
    const one = questionOf("?kind=under%3AMILITARY&phase=DELIVERED,PLEDGED");
    const other = questionOf("?phase=PLEDGED%2CDELIVERED&kind=under:MILITARY");
    expect(addressOf(one)).toBe(addressOf(other));
  });

  test("keeps slugs in every script", () => {
    const question = { ...FIRST_QUESTION, around: ["україна"] };
    expect(questionOf(addressOf(question))).toEqual(question);
  });
});

describe("an invalid address", () => {
  test.each([
    ["?view=everything", "view"],
    ["?kind=under:,%3Cscript%3E,drop table", "kinds"],
    ["?phase=SOMETIME", "phases"],
    ["?from=last year&to=-5", "from"],
    ["?credibility=0,7,A", "credibilities"],
    ["?asOf=0", "asOf"],
    ["?asOf=99999999999999", "asOf"],
    ["?around=../..,a b", "around"],
    ["?edge=iran", "selected"],
    ["?actor=%22%3E%3Cimg%3E", "selected"],
    ["?source=..%2Fsource_1", "selected"],
    ["?sort=;--", "sort"],
  ] as const)("%s: the part that is invalid is ignored", (query, field) => {
    expect(questionOf(query)[field]).toEqual(FIRST_QUESTION[field]);
  });

  test("is limited to the maximums of the API", () => {
    expect(questionOf("?hops=99").hops).toBe(4);
    expect(questionOf("?most=1000000").most).toBe(5000);
  });

  test("has its years sorted", () => {
    expect(questionOf("?from=2024&to=2022")).toMatchObject({ from: 2022, to: 2024 });
  });
});
