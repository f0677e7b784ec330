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

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The document as text, with the revision as a directive, as a person would write it. */
export function asked<Result, Variables extends Record<string, unknown>>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  asOf: number | null = null,
): Asked<Result> {
  const text = print(document);
  return { text: asOf === null ? text : withRevision(text, asOf), variables };
}

function withRevision(text: string, asOf: number): string {
  // The first brace that opens a selection is that after the operation's name and variables.
  return text.replace(/^(query \w+(?:\([^{]*\))?) \{/, `$1 @asOf(revision: ${asOf}) {`);
}

/** The answer. Throws an AskError, or whatever `signal` was aborted with. */
export async function ask<Result>(
  { text, variables }: Asked<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
    },
    body: JSON.stringify({ query: text, variables }),
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new AskError("UNREACHABLE", String(error));
  });
  const answer = (await response.json().catch(() => ({}))) as Answer<Result>;
  const [error] = answer.errors ?? [];
  if (error) throw new AskError(error.extensions?.code ?? "ERROR", error.message);
  if (!answer.data) throw new AskError("UNREACHABLE", `HTTP ${response.status}`);
  return answer.data;
}

interface Answer<Data> {
  data?: Data;
  errors?: { message: string; extensions?: { code?: string } }[];
}
