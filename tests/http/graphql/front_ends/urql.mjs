// Asks each document of the list with urql and Graphcache, and prints what came of it as JSON.
import { createHash } from "node:crypto";
import { createClient, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { persistedExchange } from "@urql/exchange-persisted";
import { answer, recording } from "./recording.mjs";

const { url, documents, persisted, get, headers, embedded } = JSON.parse(process.argv[2]);
const keys = Object.fromEntries((embedded ?? []).map((type) => [type, () => null]));
const generateHash = async (text) => createHash("sha256").update(text).digest("hex");
const persist = persistedExchange({ generateHash, preferGetForPersistedQueries: Boolean(get) });
const client = createClient({
  url,
  fetch: recording,
  fetchOptions: { headers },
  preferGetMethod: false,
  exchanges: [cacheExchange({ keys }), ...(persisted ? [persist] : []), fetchExchange],
});

await answer(async () => {
  const results = [];
  for (const text of documents) {
    await client.query(text, {}, { requestPolicy: "network-only" }).toPromise();
    // What the cache has, where objects of one id are one.
    const cached = await client.query(text, {}, { requestPolicy: "cache-only" }).toPromise();
    results.push(cached.data);
  }
  return results;
});
