/**
 * Sends queries to the public GraphQL API of this service: the page uses nothing that other clients
 * cannot use.
 */

import { print } from "@0no-co/graphql.web";
import type { TadaDocumentNode } from "./graphql";

/** A query with its variables, which is all that GraphiQL needs, and the type of its result. */
export interface Asked<Answer> {
  text: string;
  variables: Record<string, unknown>;
  /** Never set: it only carries the type. */
  answer?: Answer;
}

/** A request that has failed: the service is unreachable, or the response has errors. */
export class AskError extends Error {
  /** The code of the API's first error; `UNREACHABLE` if no GraphQL result arrived. */
  readonly code: string;
  /** The messages of all errors in the response. */
  readonly messages: readonly string[];

  constructor(code: string, messages: readonly string[]) {
    super(messages[0]);
    this.code = code;
    this.messages = messages;
  }
}

/**
 * Prints a document as text, with the revision as the directive `@asOf`, as in a handwritten query.
 */
export function asked<Result, Variables extends Record<string, unknown>>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  asOf: number | null = null,
): Asked<Result> {
  const text = printed.get(document) ?? print(document);
  printed.set(document, text);
  return { text: asOf === null ? text : withRevision(text, asOf), variables };
}

// Caches the printed text, because a view builds its query again at each render.
const printed = new WeakMap<object, string>();

function withRevision(text: string, asOf: number): string {
  // The first brace that opens a selection is that after the operation's name and variables.
  return text.replace(/^(query \w+(?:\([^{]*\))?) \{/, `$1 @asOf(revision: ${asOf}) {`);
}

/**
 * Sends a request and returns its result. Throws an AskError, or the reason with which `signal` was
 * aborted.
 */
export async function ask<Result>(
  { text, variables }: Asked<Result>,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Result> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      ...headers,
    },
    body: JSON.stringify({ query: text, variables }),
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new AskError("UNREACHABLE", [String(error)]);
  });
  const answer = (await response
    .text()
    .then(parsed)
    .catch(() => ({}))) as Answer<Result>;
  const [error] = answer.errors ?? [];
  if (error) {
    const messages = answer.errors?.map(({ message }) => message) ?? [];
    throw new AskError(error.extensions?.code ?? "ERROR", messages);
  }
  if (!answer.data) throw new AskError("UNREACHABLE", [`HTTP ${response.status}`]);
  return answer.data;
}

/**
 * Parses a response in which each direction override is replaced by a word joiner. Removing
 * overrides would shift the offsets of search matches, which count characters.
 */
function parsed(body: string): unknown {
  return JSON.parse(body.replace(OVERRIDES, WORD_JOINER));
}

// A direction override can make one name look like another. The other direction controls have no
// effect outside the element that contains them.
const OVERRIDES = /[\u202D\u202E]/g;
/** A character without width and without a glyph. */
const WORD_JOINER = "\u2060";

interface Answer<Data> {
  data?: Data;
  errors?: { message: string; extensions?: { code?: string } }[];
}
