/** What the form has in its fields, and the input that the API takes. */

import { hashOf } from "../text/hash";
import type { RecordInput } from "./record_query";

/** An actor or a conflict as the form knows it: one that exists, by its slug, or a new one. */
export interface Named {
  name: string;
  /** Null where none was chosen from the suggestions: it is a new one. */
  slug: string | null;
  kind: string;
}

/** A record that exists, with the words that a person knows it by. */
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
/** The API takes no fewer. */
export const FEWEST_CANDIDATES = 2;

/** One claim: a stance on a support, with the amounts that the words name. */
export const FIRST_CLAIM = {
  stance: "ASSERTS",
  /** A support that exists; null for the one that the fields below describe. */
  support: null as Chosen | null,
  attribution: "CERTAIN",
  supporter: NOBODY,
  candidates: [NOBODY, NOBODY] as Named[],
  /** How many of the candidates give it at least; empty where nobody says. */
  atLeast: "",
  recipient: NOBODY,
  kind: "",
  phase: "DELIVERED",
  startedOn: "",
  endedOn: "",
  agreedOn: "",
  isStartCensored: false,
  isEndCensored: false,
  /** Both are bound alike, as by a pact. */
  isMutual: false,
  conflict: NO_CONFLICT,
  against: NOBODY,
  place: "",
  inReturnFor: null as Chosen | null,
  dataset: null as Chosen | null,
  /** The rows of the data set's file, and what the file calls the kind. */
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
  /** On what is claimed, not on the support. */
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
  /** A tag of BCP 47. */
  language: "en",
  saidOn: "",
  credibility: "",
  /** Actors that the words name. */
  mentions: [] as Named[],
  /** The earlier statement that this one corrects or withdraws. */
  corrects: null as Chosen | null,
  claims: [FIRST_CLAIM],
};

export type Fields = typeof FIRST_FIELDS;

/** The input of `recordStatement`: what is empty is not given. */
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
  // The terms come from the choices of the form, which are the API's own.
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
    // Of what is certain, the API needs no word.
    ...(attribution !== "CERTAIN" && { attribution }),
    recipient: referenceTo(recipient),
    kind,
    phase,
    ...given("startedOn", claim.startedOn),
    ...given("endedOn", claim.endedOn),
    ...moreOf(claim),
  };
}

/** What most claims do not say of a support. */
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

/** Whether a claim says any of that. */
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

/** One number, or a range where there are two. */
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

/** What need not be named. */
function namedGiven(name: string, named: Named) {
  return named.name.trim() ? { [name]: referenceTo(named) } : {};
}

function referenceTo({ name, slug, kind }: Named) {
  return slug ? { slug } : { new: { slug: slugOf(name), name: name.trim(), kind } };
}

/** A slug for a name. The API takes Latin letters alone: a number stands for any others. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const latin = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const isWhole = latin !== "" && !/\p{L}/u.test(plain.replace(/[a-z]/g, ""));
  return isWhole ? latin : [latin, hashOf(plain).toString(36)].filter(Boolean).join("-");
}

/** What shows a claim, and changes parts of it. */
export interface ClaimProps {
  claim: Claim;
  /** What the API says against a field of this claim; without a name, against the claim. */
  wrong: (name?: string) => readonly string[];
  set: (parts: Partial<Claim>) => void;
}
