import { expect, test } from "vitest";
import { AskError } from "../api/client";
import { errorsOfRequest } from "./errors";
import { fieldAt, FIRST_FIELDS, inputOf, NOBODY, slugOf } from "./fields";

const FIELDS = {
  ...FIRST_FIELDS,
  sourceTitle: " A report ",
  text: "They send drones.",
  speaker: { ...NOBODY, name: "Mark Rutte", slug: "mark-rutte" },
  supporter: { name: "Ruritania", slug: null, kind: "STATE" },
  recipient: { ...NOBODY, name: "Russia", slug: "russia" },
  kind: "DRONES",
};

test("the input has what is filled in, and nothing else", () => {
  expect(inputOf(FIELDS)).toEqual({
    text: "They send drones.",
    quoted: false,
    speaker: { slug: "mark-rutte" },
    source: { new: { title: "A report" } },
    claims: [
      {
        stance: "ASSERTS",
        support: {
          new: {
            supporter: { new: { slug: "ruritania", name: "Ruritania", kind: "STATE" } },
            recipient: { slug: "russia" },
            kind: "DRONES",
            phase: "DELIVERED",
          },
        },
      },
    ],
  });
});

test("money is a worth, anything else a quantity", () => {
  const [things] = inputOf({ ...FIELDS, amount: "20", unit: "PIECES" }).claims ?? [];
  expect(things).toMatchObject({ quantity: { value: "20", unit: "PIECES" } });
  const [money] = inputOf({ ...FIELDS, amount: "5", unit: "MONEY", currency: "usd" }).claims ?? [];
  expect(money).toMatchObject({ worth: { value: "5", unit: "CURRENCY", currency: "USD" } });
  expect(money).not.toHaveProperty("quantity");
});

test("a problem stands at the field that its path is in", () => {
  expect(fieldAt(["source", "new", "url"])).toBe("sourceUrl");
  expect(fieldAt(["source", "new", "title"])).toBe("sourceTitle");
  expect(fieldAt(["claims", "0", "support", "new", "recipient", "new", "slug"])).toBe("recipient");
  expect(fieldAt(["claims", "0", "worth", "currency"])).toBe("currency");
  expect(fieldAt(["claims", "0", "support", "new"])).toBeNull();
  expect(fieldAt(["textile"])).toBeNull();
});

test("a slug has the letters of the name without accents", () => {
  expect(slugOf(" Côte d'Ivoire ")).toBe("cote-d-ivoire");
  expect(slugOf("Україна")).toBe("");
});

test("a value that is none of its type stands at its field", () => {
  const messages = [
    "Variable '$input' has invalid value at .claims[0].support.new.startedOn: Expected value of " +
      "type 'EDTFDate', but encountered error ''May' is not an EDTF date.'; found: 'May'.",
    "Something else.",
  ];
  expect(errorsOfRequest(new AskError("BAD_USER_INPUT", messages))).toEqual({
    startedOn: ["'May' is not an EDTF date."],
    whole: ["Something else."],
  });
});

test("a token that is refused says why", () => {
  const errors = errorsOfRequest(new AskError("FORBIDDEN", ["The token has the role reader."]));
  expect(errors.token?.[0]).toContain("The token has the role reader.");
});
