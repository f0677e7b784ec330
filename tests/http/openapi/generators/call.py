"""Calls the service with the generated client of openapi-python-client."""

import json
import sys
from typing import Any

from generated_client import AuthenticatedClient, Client
from generated_client.api.actors import create_actor, get_actor
from generated_client.api.supports import list_supports
from generated_client.models import (
    ActorKind,
    CreateActorInput,
    Problem,
    SupportKind,
    SupportOrder,
)


def main(url: str, token: str) -> dict[str, Any]:
    """Returns the responses of the service."""
    client = Client(base_url=url)
    editor = AuthenticatedClient(base_url=url, token=token)
    supports = list_supports.sync(
        client=client,
        recipient_slug="russia",
        kind_in=[SupportKind.DRONES, SupportKind.TROOPS],
        order_by=[SupportOrder.STARTED_ON_DESC, SupportOrder.SUPPORTER_NAME_ASC],
        fields=["kind", "supporter.slug", "quantity.unit"],
    )
    actor = get_actor.sync("iran", client=client, fields=["name"])
    refused = get_actor.sync("atlantis", client=client)
    new = CreateActorInput(slug="python-client", name="Python", kind=ActorKind.ORGANISATION)
    created = create_actor.sync(client=editor, body=new)
    assert isinstance(refused, Problem)
    return {
        "supports": supports.to_dict()["data"],
        "actor": actor.name,
        "refused": refused.code,
        "created": created.slug,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(**json.loads(sys.argv[1]))))
