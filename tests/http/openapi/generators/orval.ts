import {
  ActorKind,
  createActor,
  getActor,
  listSupports,
  SupportKind,
  SupportOrder,
} from "./generated/orval";
import { headers, print } from "./questions";

const supports = await listSupports({
  "recipient.slug": "russia",
  "kind.in": [SupportKind.DRONES, SupportKind.TROOPS],
  orderBy: [SupportOrder.STARTED_ON_DESC, SupportOrder.SUPPORTER_NAME_ASC],
  fields: ["kind", "supporter.slug", "quantity.unit"],
});
const actor = await getActor("iran", { fields: ["name"] });
const refused = await getActor("atlantis");
const created = await createActor(
  { slug: "orval", name: "Orval", kind: ActorKind.ORGANISATION },
  undefined,
  { headers },
);
print({
  supports: supports.status === 200 && supports.data.data,
  actor: actor.status === 200 && actor.data.name,
  refused: refused.status === 404 && refused.data.code,
  created: created.status === 201 && created.data.slug,
});
