"""Input types of writes: a Strawberry class for each object of `schema/inputs.py`."""

from collections.abc import Mapping
from typing import Any

import strawberry

from schema.graphql.classes import Field, declare, fill, list_of, optional_input
from schema.graphql.scalars import type_of
from schema.inputs import INPUTS, InputField


class Inputs:
    """All input types of writes, each created once."""

    def __init__(self) -> None:
        """Declares a class for each input, then adds the fields, which refer to each other."""
        self.of: Mapping[str, Any] = {name: declare(name) for name in INPUTS}
        for name, made in INPUTS.items():
            cls = fill(self.of[name], map(self._field, made.fields))
            strawberry.input(cls, one_of=made.is_one_of, description=made.description)

    def _field(self, given: InputField) -> Field:
        of = self.of[given.type] if isinstance(given.type, str) else type_of(given.type)
        type_ = list_of(of) if given.is_list else of
        if not given.is_required and given.default is None:
            return optional_input(given.name, type_, given.description)
        default = {} if given.is_required else {"default": given.default}
        field = strawberry.field(name=given.name, description=given.description, **default)
        return Field(given.name, type_, field)
