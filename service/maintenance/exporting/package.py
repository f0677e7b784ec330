"""The content of an exported folder, for the files that describe it."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.engine.citing.citations import Citation, Cited
from service.engine.exporting.formats import Format
from service.maintenance.exporting.tables import WrittenTable


@dataclass(frozen=True)
class Package:
    """The tables of a folder, their format, and the data sets to cite."""

    tables: Sequence[WrittenTable]
    form: Format
    cited: Cited

    @property
    def citation(self) -> Citation:
        """The citation of the folder, which has no URL."""
        names = ", ".join(table.name for table in self.tables)
        cited = self.cited
        return Citation(names, "", cited.revision, cited.date, cited.datasets)
