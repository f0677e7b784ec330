import createClient from "openapi-fetch";
import type { paths } from "./generated/openapi_typescript";
import { headers, print, url } from "./questions";

const client = createClient<paths>({
  baseUrl: url,
  querySerializer: { array: { style: "form", explode: false } },
});

const supports = await client.GET("/api/v1/supports", {
  params: {
    query: {
      "recipient.slug": "russia",
      "kind.in": ["DRONES", "TROOPS"],
      orderBy: ["-startedOn", "supporter.name"],
      fields: ["kind", "supporter.slug", "quantity.unit"],
    },
  },
});
const actor = await client.GET("/api/v1/actors/{key}", {
  params: { path: { key: "iran" }, query: { fields: ["name"] } },
});
const refused = await client.GET("/api/v1/actors/{key}", { params: { path: { key: "atlantis" } } });
const created = await client.POST("/api/v1/actors", {
  headers,
  body: { slug: "openapi-typescript", name: "Fetch", kind: "ORGANISATION" },
});
print({
  supports: supports.data?.data,
  actor: actor.data?.name,
  refused: refused.error?.code,
  created: created.data?.slug,
});
