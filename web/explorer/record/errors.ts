/** Assigns the errors of a write to the fields that they are about. */

import { AskError } from "../api/client";
import { words } from "../words";
import { fieldAt, type Place } from "./places";

/** By field; `whole` holds the errors about no single field, `token` those about authorisation. */
export type Errors = Partial<Record<Place, string[]>>;

interface Problem {
  path: readonly string[];
  message: string;
}

/** The problems of a refused write. */
export function errorsOf(problems: readonly Problem[]): Errors {
  const found: Errors = {};
  for (const { path, message } of problems) {
    const name = fieldAt(path) ?? "whole";
    found[name] = [...(found[name] ?? []), message];
  }
  return found;
}

const text = words.record;

/**
 * The errors of a request that failed before the write ran: the token, an invalid value, the
 * service or the network.
 */
export function errorsOfRequest(error: unknown): Errors {
  if (!(error instanceof AskError)) return { whole: [String(error)] };
  const { code, message, messages } = error;
  if (code === "UNAUTHENTICATED") return { token: [text.invalidToken] };
  if (code === "FORBIDDEN") return { token: [text.forbidden(message)] };
  if (code === "DATABASE_UNAVAILABLE") return { whole: [text.readOnly, message] };
  if (code === "UNREACHABLE") return { whole: [text.unreachable] };
  return errorsOf(messages.map(problemOf));
}

const BAD_VALUE = /has invalid value at \.?(\S+): .*encountered error '(.*)'; found: /s;

/** The API rejects a value of the wrong type before the write runs: its path is in the message. */
function problemOf(message: string): Problem {
  const [, place = "", reason = message] = BAD_VALUE.exec(message) ?? [];
  return { path: place.split(/[.[\]]+/).filter(Boolean), message: reason };
}
