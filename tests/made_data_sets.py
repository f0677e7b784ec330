"""Small data sets that a test makes up: folders as `allygraph seed` loads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from seeds.folder import Folder
from seeds.loader import load
from tests.stores import database_of

ABOUT = 'slug: {slug}\ntitle: Title\nversion: "1"\nlicence: CC0\ncitation: Made up.\n{more}\n'


@dataclass(frozen=True)
class MadeDataSet:
    """`files`: by collection, its records as YAML. `about`: more of the data set's own fields."""

    slug: str
    files: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    def write(self, folder: Path) -> None:
        """Writes the folder, with the counts that its loader expects."""
        folder.mkdir()
        expected = {}
        for name, text in self.files.items():
            expected[name] = len(yaml.safe_load(text))
            (folder / f"{name}.yaml").write_text(text)
        text = ABOUT.format(slug=self.slug, more=self.about) + yaml.dump({"expected": expected})
        (folder / "dataset.yaml").write_text(text)


def load_made(database: Path, folder: Path, *data_sets: MadeDataSet) -> None:
    """Loads them in their order, each from a folder of its own below `folder`."""
    engine = database_of(database).engine()
    for each in data_sets:
        own = folder / each.slug.replace("-", "_")
        each.write(own)
        load(engine, Folder(own))
    engine.dispose()


def whole_and_part(
    supports: Mapping[str, str], actors: Iterable[str], covered: str
) -> tuple[MadeDataSet, MadeDataSet]:
    """A data set and one that is part of it, of the same actors; `supports`: by their slugs."""
    (whole, its), (part, others) = supports.items()
    files = {"actors": armed_groups(actors), "supports": its}
    return (
        MadeDataSet(whole, files, covered),
        MadeDataSet(part, {"supports": others}, f"{covered}\npartOf: {whole}"),
    )


def armed_groups(names: Iterable[str]) -> str:
    """Actors of these names, for `MadeDataSet`."""
    return "".join(f"{name}: {{name: {name}, kind: ARMED_GROUP}}\n" for name in names)
