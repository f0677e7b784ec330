/** What the form has in its fields, and the input that the API takes. */

import type { RecordInput } from "./record_query";

/** An actor as the form knows it: one that exists, by its slug, or a new one. */
export interface ActorChoice {
  name: string;
  /** Null where no actor was chosen from the suggestions: it is a new one. */
  slug: string | null;
  kind: string;
}

export const NOBODY: ActorChoice = { name: "", slug: null, kind: "STATE" };

export const STANCES = ["ASSERTS", "DENIES", "QUESTIONS"] as const;
/** Money has a currency, and is a worth rather than a quantity. */
export const UNITS = ["PERSONS", "PIECES", "ROUNDS", "TONNES", "PER_CENT", "MONEY"] as const;

export const FIRST_FIELDS = {
  sourceTitle: "",
  sourceUrl: "",
  publishedOn: "",
  reliability: "",
  speaker: NOBODY,
  text: "",
  quoted: false,
  saidOn: "",
  credibility: "",
  stance: "ASSERTS",
  supporter: NOBODY,
  recipient: NOBODY,
  kind: "",
  phase: "DELIVERED",
  startedOn: "",
  amount: "",
  unit: "PERSONS",
  currency: "EUR",
};

export type Fields = typeof FIRST_FIELDS;
export type FieldName = keyof Fields;

/** The input of `recordStatement`: what is empty is not given. */
export function inputOf(fields: Fields): RecordInput {
  const { stance, kind, phase } = fields;
  const source = {
    title: fields.sourceTitle.trim(),
    ...given("url", fields.sourceUrl),
    ...given("publishedOn", fields.publishedOn),
    ...given("reliability", fields.reliability),
  };
  const support = {
    supporter: actorOf(fields.supporter),
    recipient: actorOf(fields.recipient),
    kind,
    phase,
    ...given("startedOn", fields.startedOn),
  };
  const input = {
    text: fields.text.trim(),
    quoted: fields.quoted,
    speaker: actorOf(fields.speaker),
    ...given("saidOn", fields.saidOn),
    ...(fields.credibility && { credibility: Number(fields.credibility) }),
    source: { new: source },
    claims: [{ stance, ...amountOf(fields), support: { new: support } }],
  };
  // The terms come from the choices of the form, which are the API's own.
  return input as RecordInput;
}

function amountOf({ amount, unit, currency }: Fields) {
  const value = amount.trim();
  if (!value) return {};
  if (unit !== "MONEY") return { quantity: { value, unit } };
  return { worth: { value, unit: "CURRENCY", currency: currency.trim().toUpperCase() } };
}

function given(name: string, value: string): Record<string, string> {
  const text = value.trim();
  return text ? { [name]: text } : {};
}

function actorOf({ name, slug, kind }: ActorChoice) {
  return slug ? { slug } : { new: { slug: slugOf(name), name: name.trim(), kind } };
}

/** A slug for a name in Latin letters; of others nothing is left, and the API says so. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

const SUPPORT_AT = "claims.0.support.new.";
/** Where each field is in the input; the first that a path begins with is meant. */
const PLACES: [path: string, field: FieldName][] = [
  ["source.new.url", "sourceUrl"],
  ["source.new.publishedOn", "publishedOn"],
  ["source.new.reliability", "reliability"],
  ["source", "sourceTitle"],
  ["speaker", "speaker"],
  ["text", "text"],
  ["quoted", "quoted"],
  ["saidOn", "saidOn"],
  ["credibility", "credibility"],
  ["claims.0.stance", "stance"],
  ["claims.0.worth.currency", "currency"],
  ["claims.0.quantity", "amount"],
  ["claims.0.worth", "amount"],
  [`${SUPPORT_AT}supporter`, "supporter"],
  [`${SUPPORT_AT}recipient`, "recipient"],
  [`${SUPPORT_AT}kind`, "kind"],
  [`${SUPPORT_AT}phase`, "phase"],
  [`${SUPPORT_AT}startedOn`, "startedOn"],
];

/** The field that a problem of the API is about; null where it is about the whole. */
export function fieldAt(path: readonly string[]): FieldName | null {
  const text = `${path.join(".")}.`;
  return PLACES.find(([place]) => text.startsWith(`${place}.`))?.[1] ?? null;
}
