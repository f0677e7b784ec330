"""Creates small data sets: folders as `allygraph seed` loads them."""

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
    """A data set to create.

    `files`: the records of each collection as YAML. `about`: more fields of the data set.
    """

    slug: str
    files: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    def write(self, folder: Path) -> None:
        """Writes the folder, with the expected counts."""
        folder.mkdir()
        expected = {}
        for name, text in self.files.items():
            expected[name] = len(yaml.safe_load(text))
            (folder / f"{name}.yaml").write_text(text)
        text = ABOUT.format(slug=self.slug, more=self.about) + yaml.dump({"expected": expected})
        (folder / "dataset.yaml").write_text(text)


def load_made(database: Path, folder: Path, *data_sets: MadeDataSet) -> None:
    """Loads data sets in order, each from its own folder below `folder`."""
    engine = database_of(database).engine()
    for each in data_sets:
        own = folder / each.slug.replace("-", "_")
        each.write(own)
        load(engine, Folder(own))
    engine.dispose()


def whole_and_part(
    supports: Mapping[str, str], actors: Iterable[str], covered: str
) -> tuple[MadeDataSet, MadeDataSet]:
    """Returns a data set and one that is a part of it, with the same actors.

    `supports`: by the slugs of the data sets.
    """
    (whole, its), (part, others) = supports.items()
    files = {"actors": armed_groups(actors), "supports": its}
    return (
        MadeDataSet(whole, files, covered),
        MadeDataSet(part, {"supports": others}, f"{covered}\npartOf: {whole}"),
    )


def armed_groups(names: Iterable[str]) -> str:
    """Returns actors of these names, for `MadeDataSet`."""
    return "".join(f"{name}: {{name: {name}, kind: ARMED_GROUP}}\n" for name in names)
