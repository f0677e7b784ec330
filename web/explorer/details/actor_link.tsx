import type { Change } from "../question/use_question";
import { Name } from "../text/name";

interface Props {
  actor: { slug: string; name: string };
  change: Change;
}

/** An actor's name; a click opens its details. */
export function ActorLink({ actor, change }: Props) {
  return (
    <button
      type="button"
      className="link"
      onClick={() => change({ selected: { type: "actor", slug: actor.slug } })}
    >
      <Name>{actor.name}</Name>
    </button>
  );
}
