"""What the files of an exported folder say of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.engine.citing.citations import Citation, Cited
from service.engine.exporting.formats import Format
from service.maintenance.exporting.tables import WrittenTable


@dataclass(frozen=True)
class Package:
    """The tables of a folder, their format, and what is cited with them."""

    tables: Sequence[WrittenTable]
    form: Format
    cited: Cited

    @property
    def citation(self) -> Citation:
        """How to cite it: a folder has no address."""
        names = ", ".join(table.name for table in self.tables)
        cited = self.cited
        return Citation(names, "", cited.revision, cited.date, cited.datasets)
