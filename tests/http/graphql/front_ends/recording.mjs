// A fetch that remembers of each request what it sent and what came back.
export const requests = [];

export async function recording(url, options = {}) {
  const response = await fetch(url, options);
  const sent = options.body
    ? JSON.parse(options.body)
    : Object.fromEntries(new URL(url).searchParams);
  requests.push({
    method: options.method ?? "GET",
    has_query: Boolean(sent.query),
    has_hash: JSON.stringify(sent.extensions ?? "").includes("sha256Hash"),
    status: response.status,
    as_of: response.headers.get("allygraph-as-of"),
  });
  return response;
}

export async function answer(run) {
  const warnings = [];
  console.warn = (...words) => warnings.push(words.join(" "));
  const results = await run();
  process.stdout.write(JSON.stringify({ results, requests, warnings }));
}
