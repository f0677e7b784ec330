"""Networks as GEXF, which Gephi animates over time, and as GraphML, which most programs read.

A node is an actor; an edge is all supports from one actor to another. In GEXF an edge has a spell
for each period of its supports. GraphML has no concept of time, so the first and the last day are
attributes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

Json = Mapping[str, Any]
Spell = tuple[str, str]

# Characters that XML 1.0 cannot contain, even escaped.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'

# The type of each attribute, in the words of GEXF.
_NODE = {"slug": "string", "hop": "integer", "given": "integer", "received": "integer"}
_EDGE = {
    "certain": "integer",
    "possible": "integer",
    "mutual": "boolean",
    "contested": "boolean",
    "kinds": "string",
    "phases": "string",
    "datasets": "string",
    "firstOn": "string",
    "lastOn": "string",
}


@dataclass(frozen=True)
class NetworkType:
    """A format of networks: its extension, its media type, and the function that writes it."""

    extension: str
    media_type: str
    write: Callable[[Json, str], bytes]


def gexf(network: Json, description: str) -> bytes:
    """Writes the network as GEXF 1.3. `description`: its source."""
    root = Element("gexf", {"xmlns": "http://gexf.net/1.3", "version": "1.3"})
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "AllyGraph"
    SubElement(meta, "description").text = _legal(description)
    graph = SubElement(
        root, "graph", {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"}
    )
    for of, types in (("node", _NODE), ("edge", _EDGE)):
        declared = SubElement(graph, "attributes", {"class": of, "mode": "static"})
        for name, type_ in types.items():
            SubElement(declared, "attribute", {"id": name, "title": name, "type": type_})
    nodes, edges = SubElement(graph, "nodes"), SubElement(graph, "edges")
    for node in network["nodes"]:
        actor = node["actor"]
        made = SubElement(nodes, "node", {"id": actor["id"], "label": _legal(actor["name"])})
        _add_values(SubElement(made, "attvalues"), _of_node(node))
    for number, edge in enumerate(network["edges"]):
        made = SubElement(
            edges, "edge", {"id": str(number), **_ends(edge), "weight": _weight(edge)}
        )
        _add_values(SubElement(made, "attvalues"), _of_edge(edge))
        _add_spells(made, spells_of(edge["parts"]))
    return _text(root)


def graphml(network: Json, description: str) -> bytes:
    """Writes the network as GraphML. `description`: its source."""
    root = Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    SubElement(root, "desc").text = _legal(description)
    node_types, edge_types = {"name": "string", **_NODE}, {"weight": "integer", **_EDGE}
    for of, types in (("node", node_types), ("edge", edge_types)):
        for name, type_ in types.items():
            key = {"id": f"{of}-{name}", "for": of, "attr.name": name}
            SubElement(root, "key", {**key, "attr.type": {"integer": "int"}.get(type_, type_)})
    graph = SubElement(root, "graph", {"edgedefault": "directed"})
    for node in network["nodes"]:
        actor = node["actor"]
        made = SubElement(graph, "node", {"id": actor["id"]})
        _add_data(made, "node", [("name", actor["name"]), *_of_node(node)])
    for edge in network["edges"]:
        made = SubElement(graph, "edge", _ends(edge))
        _add_data(made, "edge", [("weight", _weight(edge)), *_of_edge(edge)])
    return _text(root)


class NetworkFormat(Enum):
    """The formats of networks."""

    GEXF = NetworkType("gexf", "application/gexf+xml", gexf)
    GRAPHML = NetworkType("graphml", "application/graphml+xml", graphml)


NETWORK_FORMATS = {each.value.extension: each.value for each in NetworkFormat}


def spells_of(parts: Iterable[Json]) -> list[Spell]:
    """Returns the periods of an edge in order, with overlapping ones merged.

    A support without a date has no period.
    """
    spells: list[Spell] = []
    for start, end in sorted(_periods(parts)):
        if spells and start <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(end, spells[-1][1]))
        else:
            spells.append((start, end))
    return spells


def _periods(parts: Iterable[Json]) -> Iterator[Spell]:
    for part in parts:
        start, end = part["firstOn"] or part["lastOn"], part["lastOn"] or part["firstOn"]
        if start and end:
            yield start, end


def _add_spells(edge: Element, spells: list[Spell]) -> None:
    """Adds the spells; an edge without a spell exists at all times."""
    if spells:
        made = SubElement(edge, "spells")
        for start, end in spells:
            SubElement(made, "spell", {"start": start, "end": end})


def _add_values(parent: Element, values: Iterable[tuple[str, str]]) -> None:
    for name, value in values:
        SubElement(parent, "attvalue", {"for": name, "value": value})


def _add_data(parent: Element, of: str, values: Iterable[tuple[str, str]]) -> None:
    for name, value in values:
        SubElement(parent, "data", {"key": f"{of}-{name}"}).text = _legal(value)


def _ends(edge: Json) -> dict[str, str]:
    return {"source": edge["supporter"]["id"], "target": edge["recipient"]["id"]}


def _weight(edge: Json) -> str:
    """Returns the number of certain and possible supports: no weight may be zero."""
    return str(edge["certain"] + edge["possible"])


def _of_node(node: Json) -> Iterator[tuple[str, str]]:
    yield "slug", node["actor"]["slug"]
    yield from ((name, str(node[name])) for name in _NODE if node.get(name) is not None)


def _of_edge(edge: Json) -> Iterator[tuple[str, str]]:
    for name in _EDGE:
        value = edge[name]
        if isinstance(value, bool):
            yield name, str(value).lower()
        elif name == "datasets":
            yield name, ";".join(each["slug"] for each in value)
        elif isinstance(value, list):
            yield name, ";".join(value)
        elif value is not None:
            yield name, str(value)


def _text(root: Element) -> bytes:
    content: bytes = tostring(root, "utf-8", xml_declaration=False)
    return _HEAD + content + b"\n"


def _legal(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
