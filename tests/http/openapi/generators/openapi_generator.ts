import {
  ActorKind,
  ActorsApi,
  Configuration,
  ResponseError,
  SupportKind,
  SupportOrder,
  SupportsApi,
} from "./generated/openapi_generator";
import { print, token, url } from "./questions";

const configuration = new Configuration({ basePath: url, accessToken: token });
const actors = new ActorsApi(configuration);

const supports = await new SupportsApi(configuration).listSupports({
  recipientSlug: "russia",
  kindIn: [SupportKind.Drones, SupportKind.Troops],
  orderBy: [SupportOrder.STARTED_ON_DESC, SupportOrder.SUPPORTER_NAME_ASC],
  fields: ["kind", "supporter.slug", "quantity.unit"],
});
const actor = await actors.getActor({ key: "iran", fields: ["name"] });
const refused = await actors.getActor({ key: "atlantis" }).catch((error: ResponseError) => error);
const created = await actors.createActor({
  createActorInput: {
    slug: "openapi-generator",
    name: "OpenAPI Generator",
    kind: ActorKind.Organisation,
  },
});
print({
  supports: supports.data,
  actor: actor.name,
  refused: refused instanceof ResponseError && (await refused.response.json()).code,
  created: created.slug,
});
