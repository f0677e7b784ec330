"""Networks as GEXF and GraphML, read back by networkx."""

import io
from xml.etree import ElementTree

import networkx
import pytest

from service.engine.exporting.networks import gexf, graphml, spells_of
from tests.http.rest.exported import Json, Send

GEXF = "{http://gexf.net/1.3}"
QUERY = "around=russia&hops=2"


def read(content: bytes, extension: str) -> networkx.DiGraph:
    if extension == "gexf":
        return networkx.read_gexf(io.BytesIO(content), version="1.3")
    return networkx.read_graphml(io.BytesIO(content))


@pytest.mark.parametrize("extension", ["gexf", "graphml"])
def test_networkx_reads_the_network_that_rest_returns(send: Send, extension: str) -> None:
    answer = send("GET", f"/api/v1/network.{extension}?{QUERY}")
    assert answer.headers["content-type"] == f"application/{extension}+xml"
    graph = read(answer.content, extension)
    network = send("GET", f"/api/v1/network?{QUERY}").json()["data"]
    assert graph.is_directed()
    name = "label" if extension == "gexf" else "name"
    assert {node: data[name] for node, data in graph.nodes(data=True)} == {
        node["actor"]["id"]: node["actor"]["name"] for node in network["nodes"]
    }
    assert {node: data["received"] for node, data in graph.nodes(data=True)} == {
        node["actor"]["id"]: node["received"] for node in network["nodes"]
    }
    found = {
        (source, target): (data["certain"], data["contested"], data["kinds"], data["weight"])
        for source, target, data in graph.edges(data=True)
    }
    assert found == {
        (edge["supporter"]["id"], edge["recipient"]["id"]): (
            edge["certain"],
            edge["contested"],
            ";".join(edge["kinds"]),
            edge["certain"] + edge["possible"],
        )
        for edge in network["edges"]
    }
    # Numbers that networkx computes are those of the complete network.
    assert sum(weight for _, weight in graph.in_degree(weight="weight")) == network["supportCount"]


def test_an_edge_has_the_spells_of_its_supports(send: Send) -> None:
    content = send("GET", f"/api/v1/network.gexf?{QUERY}").content
    edges = list(ElementTree.fromstring(content).iter(f"{GEXF}edge"))
    network = send("GET", f"/api/v1/network?{QUERY}").json()["data"]
    spells = [[spell.attrib for spell in edge.iter(f"{GEXF}spell")] for edge in edges]
    assert spells == [
        [{"start": start, "end": end} for start, end in spells_of(edge["parts"])]
        for edge in network["edges"]
    ]
    assert any(spells)


def part(first: str | None, last: str | None) -> Json:
    return {"firstOn": first, "lastOn": last}


@pytest.mark.parametrize(
    ("parts", "spells"),
    [
        ([part(None, None)], []),
        ([part("2020-01-01", None)], [("2020-01-01", "2020-01-01")]),
        (
            [part("2022-01-01", "2022-12-31"), part("2020-01-01", "2020-12-31")],
            [("2020-01-01", "2020-12-31"), ("2022-01-01", "2022-12-31")],
        ),
        (
            [part("2020-01-01", "2022-12-31"), part("2021-01-01", "2021-06-30")],
            [("2020-01-01", "2022-12-31")],
        ),
        (
            [part("2020-01-01", "2021-01-01"), part("2021-01-01", "2023-06-30")],
            [("2020-01-01", "2023-06-30")],
        ),
    ],
)
def test_periods_that_overlap_are_one_spell(parts: list[Json], spells: list[object]) -> None:
    assert spells_of(parts) == spells


HOSTILE = "<&>\"' \x00\x0b\ufffe Ωμέγα 乌克兰 🇺🇦 " + "名" * 300


@pytest.mark.parametrize(("extension", "write"), [("gexf", gexf), ("graphml", graphml)])
def test_every_name_survives(extension: str, write: object) -> None:
    actor = {"id": "actor_1", "slug": "one", "name": HOSTILE}
    network = {
        "nodes": [{"actor": actor, "hop": None, "given": 0, "received": 0}],
        "edges": [],
    }
    assert callable(write)
    graph = read(write(network, "https://example.org/?a=1&b=2"), extension)
    (data,) = (data for _, data in graph.nodes(data=True))
    # XML cannot represent three of the characters.
    survives = HOSTILE.translate({0: "\ufffd", 0x0B: "\ufffd", 0xFFFE: "\ufffd"})
    assert data["label" if extension == "gexf" else "name"] == survives
    assert "hop" not in data


@pytest.mark.parametrize("extension", ["gexf", "graphml"])
def test_a_file_can_be_cited_and_revalidated(send: Send, extension: str) -> None:
    answer = send("GET", f"/api/v1/network.{extension}?{QUERY}")
    again = send("GET", answer.links["cite-as"]["url"])
    assert again.content == answer.content
    citation = send("GET", answer.links["describedby"]["url"])
    assert [item["id"] for item in citation.json()][1:] == ["rutte-2024"]
    headers = {"if-none-match": answer.headers["etag"]}
    same = send("GET", f"/api/v1/network.{extension}?{QUERY}", headers=headers)
    assert same.status_code == 304


def test_accept_chooses_and_refuses(send: Send) -> None:
    address = f"/api/v1/network?{QUERY}"
    answer = send("GET", address, headers={"accept": "application/gexf+xml"})
    assert answer.content == send("GET", f"/api/v1/network.gexf?{QUERY}").content
    for refused in (
        send("GET", address, headers={"accept": "text/csv"}),
        send("GET", f"/api/v1/network.csv?{QUERY}"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (406, "NOT_ACCEPTABLE")
        assert ".gexf (application/gexf+xml)" in refused.json()["detail"]
    assert send("GET", "/api/v1/network.gexf?hops=9&around=russia").status_code == 400
