// Asks each document of the list with Apollo Client, and prints what came of it as JSON.
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { answer, recording } from "./recording.mjs";

const { url, documents, persisted, get, headers, version } = JSON.parse(process.argv[2]);
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const persist = new PersistedQueryLink({ sha256, useGETForHashedQueries: get });
// As a client of a later version of the extension would send it.
const later = new ApolloLink((operation, forward) => {
  if (operation.extensions.persistedQuery && version) {
    operation.extensions.persistedQuery.version = version;
  }
  return forward(operation);
});
const http = new HttpLink({ uri: url, fetch: recording, headers });
const client = new ApolloClient({
  link: persisted ? ApolloLink.from([persist, later, http]) : http,
  cache: new InMemoryCache(),
});

await answer(async () => {
  const results = [];
  for (const text of documents) {
    const query = gql(text);
    await client.query({ query, fetchPolicy: "network-only" });
    // What the cache has, where objects of one id are one.
    results.push(client.readQuery({ query }));
  }
  return results;
});
