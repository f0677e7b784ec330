import { expect, test } from "vitest";
import { AskError } from "../api/client";
import { type Kind, KindTree } from "../kinds/kinds";
import { correcting } from "./correction";
import type { Corrected } from "./correction_query";
import { errorsOfRequest } from "./errors";
import { FIRST_CLAIM, FIRST_FIELDS, hasMore, inputOf, NOBODY, slugOf } from "./fields";
import { fieldAt } from "./places";
import { deletionsOf } from "./undo";

const RUSSIA = { ...NOBODY, name: "Russia", slug: "russia" };
const CLAIM = {
  ...FIRST_CLAIM,
  supporter: { name: "Ruritania", slug: null, kind: "STATE" },
  recipient: RUSSIA,
  kind: "DRONES",
};
const FIELDS = {
  ...FIRST_FIELDS,
  sourceTitle: " A report ",
  text: "They send drones.",
  speaker: { ...NOBODY, name: "Mark Rutte", slug: "mark-rutte" },
  claims: [CLAIM],
};
const RURITANIA = { slug: "ruritania", name: "Ruritania", kind: "STATE" };

test("the input has the fields that are filled in, and no others", () => {
  expect(inputOf(FIELDS)).toEqual({
    text: "They send drones.",
    quoted: false,
    language: "en",
    speaker: { slug: "mark-rutte" },
    source: { new: { title: "A report" } },
    claims: [
      {
        stance: "ASSERTS",
        support: {
          new: {
            supporter: { new: RURITANIA },
            recipient: { slug: "russia" },
            kind: "DRONES",
            phase: "DELIVERED",
          },
        },
      },
    ],
  });
});

test("with some of several actors the support has candidates; with an unknown one, no supporter", () => {
  const candidates = ["Iran", "Ruritania", "China", "Cuba"].map((name) => ({ ...NOBODY, name }));
  const someOf = { ...CLAIM, attribution: "SOME_OF", candidates, atLeast: "2" };
  const unknown = { ...CLAIM, attribution: "UNKNOWN" };
  expect(inputOf({ ...FIELDS, claims: [someOf] }).claims?.[0]?.support).toEqual({
    new: {
      attribution: "SOME_OF",
      candidates: [
        { new: { slug: "iran", name: "Iran", kind: "STATE" } },
        { new: RURITANIA },
        { new: { slug: "china", name: "China", kind: "STATE" } },
        { new: { slug: "cuba", name: "Cuba", kind: "STATE" } },
      ],
      candidatesAtLeast: 2,
      recipient: { slug: "russia" },
      kind: "DRONES",
      phase: "DELIVERED",
    },
  });
  expect(inputOf({ ...FIELDS, claims: [unknown] }).claims?.[0]?.support).toEqual({
    new: {
      attribution: "UNKNOWN",
      recipient: { slug: "russia" },
      kind: "DRONES",
      phase: "DELIVERED",
    },
  });
});

test("a claim has a quantity and a worth, each a number or a range", () => {
  const amounts = { quantity: "20", unit: "PIECES", worth: "5", worthTo: "7", currency: "usd" };
  const claims = [{ ...CLAIM, ...amounts, isEstimated: true }];
  expect(inputOf({ ...FIELDS, claims }).claims?.[0]).toMatchObject({
    quantity: { value: "20", unit: "PIECES", estimated: true },
    worth: { low: "5", high: "7", unit: "CURRENCY", currency: "USD", estimated: true },
  });
});

test("a worth may be in units of military capability, which have no currency", () => {
  const claims = [{ ...CLAIM, worth: "12.5", worthUnit: "TIV" }];
  expect(inputOf({ ...FIELDS, claims }).claims?.[0]).toMatchObject({
    worth: { value: "12.5", unit: "TIV" },
  });
  expect(inputOf({ ...FIELDS, claims }).claims?.[0]?.worth).not.toHaveProperty("currency");
});

test("the input has the further facts of a support that are filled in, and no others", () => {
  const more = {
    agreedOn: "2024-06",
    isMutual: true,
    isEndCensored: true,
    conflict: { name: "The border war", slug: null, kind: "INTRASTATE" },
    against: { ...NOBODY, name: "Ukraine", slug: "ukraine" },
    place: " Kursk ",
    inReturnFor: { id: "support_3", text: "Russia → Iran, funding, pledged" },
    dataset: { id: "dataset_1", text: "A tracker" },
    sourceKey: "row 12",
    supportNote: "As of June.",
    note: "Of two reports.",
  };
  const [claim] = inputOf({ ...FIELDS, claims: [{ ...CLAIM, ...more }] }).claims ?? [];
  expect(claim?.note).toBe("Of two reports.");
  expect(claim?.support).toEqual({
    new: {
      supporter: { new: RURITANIA },
      recipient: { slug: "russia" },
      kind: "DRONES",
      phase: "DELIVERED",
      agreedOn: "2024-06",
      mutual: true,
      endCensored: true,
      conflict: { new: { slug: "the-border-war", name: "The border war", kind: "INTRASTATE" } },
      against: { slug: "ukraine" },
      place: "Kursk",
      inReturnFor: { id: "support_3" },
      dataset: { id: "dataset_1" },
      sourceKey: "row 12",
      note: "As of June.",
    },
  });
  expect([hasMore(CLAIM), hasMore({ ...CLAIM, place: "Kursk" })]).toEqual([false, true]);
});

test("an actor that the text names becomes a mention", () => {
  const mentions = [RUSSIA, { ...NOBODY, name: "Ruritania" }];
  expect(inputOf({ ...FIELDS, mentions }).mentions).toEqual([
    { slug: "russia" },
    { new: RURITANIA },
  ]);
  expect(fieldAt(["mentions", "1", "new", "slug"])).toBe("mentions.1");
});

const CORRECTED: Corrected = {
  id: "statement_3",
  text: "12,000 soldiers.",
  speaker: { slug: "nato", name: "NATO", kind: "ORGANISATION" },
  evidence: {
    nodes: [
      {
        stance: "ASSERTS",
        note: null,
        quantity: { value: "12000", low: null, high: null, unit: "PERSONS", estimated: null },
        worth: null,
        support: {
          id: "support_7",
          kind: "TROOPS",
          phase: "DELIVERED",
          supporter: { name: "North Korea" },
          recipient: { name: "Russia" },
          candidates: { nodes: [] },
        },
      },
    ],
  },
};

test("a correction starts with the same claims on the same supports", () => {
  const kinds = new KindTree([
    { kind: "TROOPS", label: "Troops", parent: null, description: "" } as Kind,
  ]);
  const fields = { ...FIELDS, ...correcting(CORRECTED, kinds) };
  expect(fields.claims[0]?.support?.text).toBe("North Korea → Russia, troops, delivered");
  expect(inputOf(fields)).toMatchObject({
    corrects: { id: "statement_3" },
    speaker: { slug: "nato" },
    claims: [{ quantity: { value: "12000" }, support: { id: "support_7" } }],
  });
  // A correction without claims withdraws the statement.
  expect(inputOf({ ...fields, claims: [] }).claims).toEqual([]);
});

test("a problem is shown at the field that its path names", () => {
  expect(fieldAt(["source", "new", "url"])).toBe("sourceUrl");
  expect(fieldAt(["source", "new", "title"])).toBe("sourceTitle");
  expect(fieldAt(["corrects", "id"])).toBe("corrects");
  const second = ["claims", "1", "support", "new"];
  expect(fieldAt([...second, "recipient", "new", "slug"])).toBe("claims.1.recipient");
  expect(fieldAt([...second, "candidates", "2", "slug"])).toBe("claims.1.candidates.2");
  expect(fieldAt([...second, "candidates"])).toBe("claims.1");
  expect(fieldAt(["claims", "0", "worth", "currency"])).toBe("claims.0.currency");
  expect(fieldAt(["claims", "0", "quantity", "low"])).toBe("claims.0.quantity");
  expect(fieldAt([...second, "conflict", "id"])).toBe("claims.1.conflict");
  expect(fieldAt([...second, "note"])).toBe("claims.1.supportNote");
  expect(fieldAt(["claims", "0", "note"])).toBe("claims.0.note");
  expect(fieldAt(["source", "new", "publisher", "new", "slug"])).toBe("publisher");
  expect(fieldAt(["claims"])).toBeNull();
  expect(fieldAt(["textile"])).toBeNull();
});

test("a slug has the letters of the name without accents, and a hash for other scripts", () => {
  expect(slugOf(" Côte d'Ivoire ")).toBe("cote-d-ivoire");
  expect(slugOf("Україна")).toMatch(/^[a-z0-9]+$/);
  expect(slugOf("Україна")).toBe(slugOf("україна"));
  expect(slugOf("Україна")).not.toBe(slugOf("Україні"));
  expect(slugOf("Група А-12")).toMatch(/^12-[a-z0-9]+$/);
});

test("a value of the wrong type is reported at its field", () => {
  const messages = [
    "Variable '$input' has invalid value at .claims[1].support.new.startedOn: Expected value of " +
      "type 'EDTFDate', but encountered error ''May' is not an EDTF date.'; found: 'May'.",
    "Something else.",
  ];
  expect(errorsOfRequest(new AskError("BAD_USER_INPUT", messages))).toEqual({
    "claims.1.startedOn": ["'May' is not an EDTF date."],
    whole: ["Something else."],
  });
});

test("a refused token is reported with the reason", () => {
  const errors = errorsOfRequest(new AskError("FORBIDDEN", ["The token has the role reader."]));
  expect(errors.token?.[0]).toMatch(/^This token is read only.*The token has the role reader\.$/);
});

test("undoing a revision deletes what it created, referring records first", () => {
  const change = (type: "ACTOR" | "SUPPORT" | "SOURCE" | "STATEMENT", id: string, number = 9) => ({
    action: "CREATED" as const,
    type,
    recordId: id,
    revision: { number },
    record: null,
  });
  const evidence = (id: string, support: string) => ({
    ...change("STATEMENT", id),
    type: "EVIDENCE" as const,
    record: { __typename: "Evidence" as const, support: { id: support } },
  });
  const changes = [
    change("ACTOR", "actor_4"),
    change("SOURCE", "source_5"),
    change("STATEMENT", "statement_6"),
    change("SUPPORT", "support_7"),
    evidence("evidence_8", "support_7"),
    evidence("evidence_9", "support_1"),
    change("ACTOR", "actor_99", 10),
  ];
  expect(deletionsOf(changes, 9).map(({ id }) => id)).toEqual([
    "evidence_9",
    "support_7",
    "statement_6",
    "source_5",
    "actor_4",
  ]);
});
