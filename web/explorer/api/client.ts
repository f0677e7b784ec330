/** Asks the public GraphQL API of this service: the page uses nothing that others could not. */

import { print } from "@0no-co/graphql.web";
import type { TadaDocumentNode } from "./graphql";

/** A question to the API: all that GraphiQL needs, and the type of the answer. */
export interface Asked<Answer> {
  text: string;
  variables: Record<string, unknown>;
  /** Never there: it carries the type. */
  answer?: Answer;
}

/** A document that the API has not answered. */
export class AskError extends Error {
  /** The code of the API's error, or what kept the page from an answer. */
  readonly code: string;
  /** All that the API has found, where it is more than one error. */
  readonly messages: readonly string[];

  constructor(code: string, messages: readonly string[]) {
    super(messages[0]);
    this.code = code;
    this.messages = messages;
  }
}

/** The document as text, with the revision as a directive, as a person would write it. */
export function asked<Result, Variables extends Record<string, unknown>>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  asOf: number | null = null,
): Asked<Result> {
  const text = printed.get(document) ?? print(document);
  printed.set(document, text);
  return { text: asOf === null ? text : withRevision(text, asOf), variables };
}

// Every view asks anew whenever the page is drawn.
const printed = new WeakMap<object, string>();

function withRevision(text: string, asOf: number): string {
  // The first brace that opens a selection is that after the operation's name and variables.
  return text.replace(/^(query \w+(?:\([^{]*\))?) \{/, `$1 @asOf(revision: ${asOf}) {`);
}

/** The answer. Throws an AskError, or whatever `signal` was aborted with. */
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

/** The answer without what would turn a text around: each is replaced, since matches count characters. */
function parsed(body: string): unknown {
  return JSON.parse(body.replace(OVERRIDES, WORD_JOINER));
}

// A name that is shown backwards looks like another; what else directs text stays in its element.
const OVERRIDES = /[\u202D\u202E]/g;
/** Nothing draws it. */
const WORD_JOINER = "\u2060";

interface Answer<Data> {
  data?: Data;
  errors?: { message: string; extensions?: { code?: string } }[];
}
