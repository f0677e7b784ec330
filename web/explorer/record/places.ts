/**
 * Maps the paths of the API's errors to the fields of the form, so that each error stands at its
 * field.
 */

/** The name of a field, such as `text`, or `claims.1.kind` and `claims.1.candidates.0` of a claim. */
export type Place = string;

type Pair = readonly [path: string, field: string];

// The first entry that is a prefix of a path applies, so longer paths come first.
const OF_STATEMENT: readonly Pair[] = [
  ["source.new.url", "sourceUrl"],
  ["source.new.publishedOn", "publishedOn"],
  ["source.new.reliability", "reliability"],
  ["source.new.publisher", "publisher"],
  ["source", "sourceTitle"],
  ["speaker", "speaker"],
  ["onBehalfOf", "onBehalfOf"],
  ["language", "language"],
  ["text", "text"],
  ["quoted", "quoted"],
  ["saidOn", "saidOn"],
  ["credibility", "credibility"],
  ["corrects", "corrects"],
];

const OF_CLAIM: readonly Pair[] = [
  ["stance", "stance"],
  ["note", "note"],
  ["quantity.high", "quantityTo"],
  ["quantity", "quantity"],
  ["worth.currency", "currency"],
  ["worth.unit", "worthUnit"],
  ["worth.high", "worthTo"],
  ["worth", "worth"],
  ["support.id", "support"],
  ["support.new.supporter", "supporter"],
  ["support.new.candidatesAtLeast", "atLeast"],
  ["support.new.attribution", "attribution"],
  ["support.new.recipient", "recipient"],
  ["support.new.kind", "kind"],
  ["support.new.phase", "phase"],
  ["support.new.startedOn", "startedOn"],
  ["support.new.endedOn", "endedOn"],
  ["support.new.agreedOn", "agreedOn"],
  ["support.new.startCensored", "startCensored"],
  ["support.new.endCensored", "endCensored"],
  ["support.new.mutual", "mutual"],
  ["support.new.conflict", "conflict"],
  ["support.new.against", "against"],
  ["support.new.place", "place"],
  ["support.new.inReturnFor", "inReturnFor"],
  ["support.new.dataset", "dataset"],
  ["support.new.sourceKey", "sourceKey"],
  ["support.new.sourceCategory", "sourceCategory"],
  ["support.new.summary", "summary"],
  ["support.new.note", "supportNote"],
];

const MENTION = /^mentions\.(\d+)\./;
const CANDIDATE = /^support\.new\.candidates\.(\d+)\./;

/** Returns the field that a problem of the API is about; null if it is about no single field. */
export function fieldAt([first, ...rest]: readonly string[]): Place | null {
  if (first !== "claims") {
    const path = [first, ...rest].join(".");
    const mention = MENTION.exec(`${path}.`)?.[1];
    return mention ? `mentions.${mention}` : named(OF_STATEMENT, path);
  }
  const [number, ...path] = rest;
  const text = path.join(".");
  const candidate = CANDIDATE.exec(`${text}.`)?.[1];
  const field = candidate ? `candidates.${candidate}` : named(OF_CLAIM, text);
  // Problems of the candidates as a whole, or of the claim, stand above the claim's fields.
  return number === undefined ? null : [first, number, field].filter(Boolean).join(".");
}

function named(pairs: readonly Pair[], text: string): string | null {
  return pairs.find(([path]) => `${text}.`.startsWith(`${path}.`))?.[1] ?? null;
}
