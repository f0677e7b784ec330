/** The values of the form's fields, and the input for the API that they become. */

import { hashOf } from "../text/hash";
import type { RecordInput } from "./record_query";

/** An actor or a conflict in the form: an existing one, by its slug, or a new one. */
export interface Named {
  name: string;
  /** Null for a new record: the user has chosen no suggestion. */
  slug: string | null;
  kind: string;
}

/** An existing record, with the text that the form shows for it. */
export interface Chosen {
  id: string;
  text: string;
}

export const NOBODY: Named = { name: "", slug: null, kind: "STATE" };
const NO_CONFLICT: Named = { name: "", slug: null, kind: "INTERSTATE" };
export const STANCES = ["ASSERTS", "DENIES", "QUESTIONS"] as const;
export const UNITS = ["PERSONS", "PIECES", "ROUNDS", "TONNES", "PER_CENT"] as const;
export const WORTH_UNITS = ["CURRENCY", "TIV"] as const;
export const ATTRIBUTIONS = ["CERTAIN", "SOME_OF", "UNKNOWN"] as const;
/** The minimum of the API. */
export const FEWEST_CANDIDATES = 2;

/** One claim: a stance on a support, with the amounts that the text states. */
export const FIRST_CLAIM = {
  stance: "ASSERTS",
  /** An existing support; null for one that the fields below describe. */
  support: null as Chosen | null,
  attribution: "CERTAIN",
  supporter: NOBODY,
  candidates: [NOBODY, NOBODY] as Named[],
  /** The minimum number of candidates that give it; empty if not stated. */
  atLeast: "",
  recipient: NOBODY,
  kind: "",
  phase: "DELIVERED",
  startedOn: "",
  endedOn: "",
  agreedOn: "",
  isStartCensored: false,
  isEndCensored: false,
  /** Whether the recipient is bound alike, as by a pact. */
  isMutual: false,
  conflict: NO_CONFLICT,
  against: NOBODY,
  place: "",
  inReturnFor: null as Chosen | null,
  dataset: null as Chosen | null,
  /** The data set's key for its rows, and its own name for the kind. */
  sourceKey: "",
  sourceCategory: "",
  summary: "",
  supportNote: "",
  quantity: "",
  /** The upper end of a range; empty for a single number. */
  quantityTo: "",
  unit: "PERSONS",
  worth: "",
  worthTo: "",
  worthUnit: "CURRENCY",
  currency: "EUR",
  isEstimated: false,
  /** The note on the claim; `supportNote` is the one on the support. */
  note: "",
};

export type Claim = typeof FIRST_CLAIM;

export const FIRST_FIELDS = {
  sourceTitle: "",
  sourceUrl: "",
  publishedOn: "",
  reliability: "",
  publisher: NOBODY,
  speaker: NOBODY,
  onBehalfOf: NOBODY,
  text: "",
  quoted: false,
  /** A BCP 47 language tag. */
  language: "en",
  saidOn: "",
  credibility: "",
  /** Actors that the text of the statement names. */
  mentions: [] as Named[],
  /** The earlier statement that this one corrects or withdraws. */
  corrects: null as Chosen | null,
  claims: [FIRST_CLAIM],
};

export type Fields = typeof FIRST_FIELDS;

/** Returns the input of `recordStatement`, without the empty fields. */
export function inputOf(fields: Fields): RecordInput {
  const source = {
    title: fields.sourceTitle.trim(),
    ...given("url", fields.sourceUrl),
    ...given("publishedOn", fields.publishedOn),
    ...given("reliability", fields.reliability),
    ...namedGiven("publisher", fields.publisher),
  };
  const input = {
    text: fields.text.trim(),
    quoted: fields.quoted,
    ...given("language", fields.language),
    speaker: referenceTo(fields.speaker),
    ...namedGiven("onBehalfOf", fields.onBehalfOf),
    ...given("saidOn", fields.saidOn),
    ...(fields.credibility && { credibility: Number(fields.credibility) }),
    ...(fields.mentions.length > 0 && { mentions: fields.mentions.map(referenceTo) }),
    ...(fields.corrects && { corrects: { id: fields.corrects.id } }),
    source: { new: source },
    claims: fields.claims.map(claimOf),
  };
  // The fields are strings, but the terms come from the form's options, which are those of the API.
  return input as RecordInput;
}

function claimOf(claim: Claim) {
  const { quantity, quantityTo, unit, worth, worthTo, worthUnit, isEstimated } = claim;
  const currency = worthUnit === "CURRENCY" && { currency: claim.currency.trim().toUpperCase() };
  return {
    stance: claim.stance,
    ...amountOf("quantity", quantity, quantityTo, { unit }, isEstimated),
    ...amountOf("worth", worth, worthTo, { unit: worthUnit, ...currency }, isEstimated),
    ...given("note", claim.note),
    support: claim.support ? { id: claim.support.id } : { new: supportOf(claim) },
  };
}

function supportOf(claim: Claim) {
  const { attribution, recipient, kind, phase } = claim;
  return {
    ...givers(claim),
    // `CERTAIN` is the default of the API.
    ...(attribution !== "CERTAIN" && { attribution }),
    recipient: referenceTo(recipient),
    kind,
    phase,
    ...given("startedOn", claim.startedOn),
    ...given("endedOn", claim.endedOn),
    ...moreOf(claim),
  };
}

/** The fields of a support that most claims leave empty. */
function moreOf(claim: Claim) {
  const { inReturnFor, dataset } = claim;
  return {
    ...given("agreedOn", claim.agreedOn),
    ...(claim.isStartCensored && { startCensored: true }),
    ...(claim.isEndCensored && { endCensored: true }),
    ...(claim.isMutual && { mutual: true }),
    ...namedGiven("conflict", claim.conflict),
    ...namedGiven("against", claim.against),
    ...given("place", claim.place),
    ...(inReturnFor && { inReturnFor: { id: inReturnFor.id } }),
    ...(dataset && { dataset: { id: dataset.id } }),
    ...given("sourceKey", claim.sourceKey),
    ...given("sourceCategory", claim.sourceCategory),
    ...given("summary", claim.summary),
    ...given("note", claim.supportNote),
  };
}

/** Whether a claim has a value in any of those fields. */
export function hasMore(claim: Claim): boolean {
  return Object.keys(moreOf(claim)).length > 0;
}

function givers({ attribution, supporter, candidates, atLeast }: Claim) {
  if (attribution === "CERTAIN") return { supporter: referenceTo(supporter) };
  if (attribution === "UNKNOWN") return {};
  return {
    candidates: candidates.map(referenceTo),
    ...(atLeast && { candidatesAtLeast: Number(atLeast) }),
  };
}

/** An amount: one number, or a range if both ends are given. */
function amountOf(
  name: string,
  from: string,
  to: string,
  more: Record<string, string>,
  estimated: boolean,
) {
  const [low, high] = [from.trim(), to.trim()];
  if (!low && !high) return {};
  const numbers = high ? { ...(low && { low }), high } : { value: low };
  return { [name]: { ...numbers, ...more, ...(estimated && { estimated }) } };
}

function given(name: string, value: string): Record<string, string> {
  const text = value.trim();
  return text ? { [name]: text } : {};
}

/** An optional reference; nothing if no name is given. */
function namedGiven(name: string, named: Named) {
  return named.name.trim() ? { [name]: referenceTo(named) } : {};
}

function referenceTo({ name, slug, kind }: Named) {
  return slug ? { slug } : { new: { slug: slugOf(name), name: name.trim(), kind } };
}

/**
 * Makes a slug of a name. The API takes Latin letters alone, so a hash of the name stands for other
 * letters.
 */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const latin = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const isWhole = latin !== "" && !/\p{L}/u.test(plain.replace(/[a-z]/g, ""));
  return isWhole ? latin : [latin, hashOf(plain).toString(36)].filter(Boolean).join("-");
}

/** The properties of a component that shows a claim and changes parts of it. */
export interface ClaimProps {
  claim: Claim;
  /** The API's errors on a field of this claim; without a name, those on the claim itself. */
  wrong: (name?: string) => readonly string[];
  set: (parts: Partial<Claim>) => void;
}
