import { createActor, getActor, listSupports } from "./generated/hey_api";
import { client } from "./generated/hey_api/client.gen";
import { print, token, url } from "./questions";

client.setConfig({ baseUrl: url, auth: token });

const supports = await listSupports({
  query: {
    "recipient.slug": "russia",
    "kind.in": ["DRONES", "TROOPS"],
    orderBy: ["-startedOn", "supporter.name"],
    fields: ["kind", "supporter.slug", "quantity.unit"],
  },
});
const actor = await getActor({ path: { key: "iran" }, query: { fields: ["name"] } });
const refused = await getActor({ path: { key: "atlantis" } });
const created = await createActor({
  body: { slug: "hey-api", name: "Hey API", kind: "ORGANISATION" },
});
print({
  supports: supports.data?.data,
  actor: actor.data?.name,
  refused: refused.error?.code,
  created: created.data?.slug,
});
