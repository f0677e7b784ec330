"""The importers' mapping files lead to states of the bundled data set."""

import pytest
from sqlalchemy import Engine

from seeds import on_request
from seeds.importing.actors import Actors, Named, Rejected, Settings
from seeds.importing.catalogue import importer, names
from seeds.importing.run import reviewed_decisions
from seeds.loader import load


@pytest.fixture
def countries(on_sqlite: Engine) -> Engine:
    (folder,) = (each for each in on_request() if each.name == "countries")
    load(on_sqlite, folder)
    return on_sqlite


def test_each_line_leads_to_an_actor_in_some_year(countries: Engine) -> None:
    lost, found = [], 0
    with countries.connect() as connection:
        for name in names():
            reviewed = reviewed_decisions(importer(name))
            actors = Actors(
                connection, "some", file="a", reviewed=reviewed, settings=Settings(reviewed)
            )
            for key, decisions in reviewed.items():
                for decided in decisions:
                    years = range(decided.first or 1950, (decided.last or 2024) + 1)
                    try:
                        if not any(_is_found(actors, key, year) for year in years):
                            lost.append((name, key, decided.actor))
                    except Rejected as reason:
                        lost.append((name, key, str(reason)))
                    found += 1
    assert lost == []
    assert found > 200


def _is_found(actors: Actors, key: str, year: int) -> bool:
    try:
        actors.find(Named(key, "Nowhere", "STATE"), year)
    except Rejected:
        return False
    return True
