import { expect, test } from "vitest";
import { type Kind, KindTree } from "../kinds/kinds";
import { FIRST_QUESTION } from "../question/question";
import { citeAddress, csvAddress, graphiqlAddress, networkAddress } from "./take_away";

const TREE = new KindTree([
  { kind: "WEAPONS", label: "", description: "", parent: null },
  { kind: "DRONES", label: "", description: "", parent: "WEAPONS" },
] as Kind[]);

test("without filters, the address of the CSV file has no query", () => {
  expect(csvAddress(FIRST_QUESTION, TREE)).toBe("/api/v1/supports.csv");
});

test("the address of a CSV file has the filters of the question", () => {
  const question = {
    ...FIRST_QUESTION,
    kinds: [{ kind: "WEAPONS", under: true }],
    contested: true,
    from: 2022,
    asOf: 3,
  };
  expect(csvAddress(question, TREE)).toBe(
    "/api/v1/supports.csv?kind.under=WEAPONS&assessment.contested=true" +
      "&validDuring.from=2022&asOf=3",
  );
  expect(csvAddress({ ...question, from: 476 }, TREE)).toContain("validDuring.from=0476");
});

test("with several kinds, the address lists them, with narrower kinds if `under` is set", () => {
  const kinds = [
    { kind: "WEAPONS", under: true },
    { kind: "TROOPS", under: false },
  ];
  expect(csvAddress({ ...FIRST_QUESTION, kinds }, TREE)).toBe(
    "/api/v1/supports.csv?kind.in=WEAPONS%2CDRONES%2CTROOPS",
  );
});

test("GraphiQL gets the query and its variables", () => {
  const address = graphiqlAddress({ text: "query A { a }", variables: { first: 1 } });
  const parts = new URLSearchParams(address.split("#")[1]);
  expect(parts.get("query")).toBe("query A { a }");
  expect(JSON.parse(parts.get("variables") ?? "")).toEqual({ first: 1 });
});

test("the address of a network file has the actors and the hops of the question", () => {
  const question = { ...FIRST_QUESTION, around: ["iran", "russia"], hops: 2 };
  expect(networkAddress(question, TREE, "gexf")).toBe(
    "/api/v1/network.gexf?around=iran%2Crussia&hops=2&first=500",
  );
});

test("the address of a citation names one revision", () => {
  expect(citeAddress(FIRST_QUESTION, TREE, "bibtex", 7)).toBe(
    "/api/v1/cite?of=supports&asOf=7&format=bibtex",
  );
});
