"""Files as they occur in practice are read correctly, or refused with a clear error."""

import os
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from schema.values.decimals import DIGITS, PLACES
from seeds.files import Columns, FileRefused, open_table
from seeds.files.numbers import amount, held, whole, year
from seeds.files.numbers import written as spelled
from tests.seeds.importing.samples import MAIN, workbook, written

COLUMNS = Columns(("name", "year", "amount"))
PLAIN = 'name,year,amount\nMalmö,1990,"1,234.5"\n"Two\nlines",1991,2\n'
EXPECTED = [(2, ["Malmö", "1990", "1,234.5"]), (3, ["Two\nlines", "1991", "2"])]


def rows(path: Path, columns: Columns = COLUMNS) -> list[tuple[int, list[str]]]:
    def reject(row: int, reason: str, _: object) -> None:
        found.append((row, [reason]))

    found: list[tuple[int, list[str]]] = []
    for number, cells in open_table(path, columns).rows(reject):
        found.append((number, list(cells)))
    return found


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("cp1252"),
        PLAIN.encode() + b",,\n , ,\n\n",
        PLAIN.replace(",", ";").replace('"1;234.5"', '"1,234.5"').encode(),
        'name\tyear\tamount\nMalmö\t1990\t1,234.5\n"Two\nlines"\t1991\t2\n'.encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "windows-1252", "empty rows", "semicolons", "tabs"],
)
def test_text_is_read_whatever_its_form(tmp_path: Path, content: bytes) -> None:
    assert rows(written(tmp_path / "a.csv", content)) == EXPECTED


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    assert rows(written(tmp_path / "a.csv", PLAIN.replace("\n", end))) == EXPECTED


def test_invisible_characters(tmp_path: Path) -> None:
    content = (
        "name,year,amount\nMalmo\u0308,\u200e1990\u202c,3\na\x0bb\x0cc\td,\u200b,\u3164\n"
        "Freeland\u0092s,1990,3\na\u200db,\x7f,3\n"
    )
    assert rows(written(tmp_path / "a.csv", content)) == [
        (2, ["Malmö", "1990", "3"]),
        (3, ["a\nb\nc\td", "", ""]),
        (4, ["It has the control character U+0092 in it."]),
        (5, ["It has the control character U+007F in it."]),
    ]


def test_numbers_that_no_record_can_hold() -> None:
    assert held(Decimal(f"1e-{PLACES}")) == Decimal(f"1e-{PLACES}")
    for text in (f"1e-{PLACES + 1}", f"1e{DIGITS}"):
        with pytest.raises(
            ValueError, match="more than 24 digits before the point or 20 behind it"
        ):
            held(Decimal(text))


def test_lines_before_the_header_are_left_out_and_counted(tmp_path: Path) -> None:
    content = "About\n\n" + PLAIN
    found = rows(written(tmp_path / "a.csv", content))
    assert [number for number, _ in found] == [4, 5]


def test_a_row_of_another_width_is_reported(tmp_path: Path) -> None:
    content = "name,year,amount\na,1,2,3\nb,1\nc,1,2,,\n"
    assert rows(written(tmp_path / "a.csv", content)) == [
        (2, ["It has 4 cells; the header has 3."]),
        (3, ["It has 2 cells; the header has 3."]),
        (4, ["c", "1", "2"]),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name,jahr,amount\n", "expected columns are missing: year. It has instead: jahr"),
        ("a,b\n1,2\n", "No row has the expected columns: name, year, amount"),
        ("", "No row has the expected columns"),
        ("name,year,amount,year\na,1,2,3\n", "Several columns have the same name: year. Keep one"),
        ('name,year,amount\n"a,1,2\n', "It is not a CSV file that can be read"),
        (b"name,year,amount\n\0", "It is not a text file"),
        (b"\xd0\xcf\x11\xe0", "an old or encrypted workbook"),
        (b"PK\x03\x04 and nothing more", "It is not an Excel workbook that can be read"),
        (b"name,year,amount\n\x81", "It is not a CSV file that can be read"),
        ("name,year,amount\nMalmö".encode() + b",\xf6", "It mixes UTF-8 with another encoding"),
    ],
)
def test_what_is_not_the_table_is_refused(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(FileRefused, match=message):
        rows(written(tmp_path / "a.csv", content))


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("number", ["1,500", "0,5", "-12,000", "0,002645"])
def test_a_number_that_may_have_a_decimal_comma_is_refused_with_its_file(
    tmp_path: Path, separator: str, number: str
) -> None:
    """As a spreadsheet with decimal commas saves it: `1,500` is one and a half."""
    lines = [("name", "year", "amount"), ("1,5", "1990", "12"), ("b", "1991", number)]
    content = "\n".join(map(separator.join, lines))
    columns = Columns(("name", "year", "amount"), amounts=("amount",))
    with pytest.raises(FileRefused, match=f"Row 3 has '{number}', whose comma may be a decimal"):
        rows(written(tmp_path / "a.csv", content), columns)


def test_thousands_that_cannot_be_decimals_are_read_whatever_separates_columns(
    tmp_path: Path,
) -> None:
    columns = Columns(("name", "year", "amount"), amounts=("amount",))
    for separator in (";", "\t"):
        content = separator.join(COLUMNS.required) + f"\na{separator}1990{separator}1,234,567"
        assert rows(written(tmp_path / "a.csv", content), columns) == [
            (2, ["a", "1990", "1,234,567"])
        ]
    assert rows(written(tmp_path / "a.csv", 'name,year,amount\na,1,"1,500"\n'), columns) == [
        (2, ["a", "1", "1,500"])
    ]


AMOUNTS = Columns(("name", "year", "amount"), amounts=("amount",))


def amounts_of(path: Path) -> list[str]:
    return [cells[-1] for _, cells in rows(path, AMOUNTS)]


def separated(path: Path, separator: str, *numbers: str) -> Path:
    lines = [COLUMNS.required, *(("a", "1990", f'"{number}"') for number in numbers)]
    return written(path, "\n".join(map(separator.join, lines)))


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("others", [(), ("12", "1000"), ("1.000",), ("1.234.567", "12.5")])
def test_a_point_that_may_separate_thousands_is_refused(
    tmp_path: Path, separator: str, others: tuple[str, ...]
) -> None:
    """As written with decimal commas: `1.500` is fifteen hundred."""
    path = separated(tmp_path / "a.csv", separator, "1.500", *others)
    with pytest.raises(FileRefused, match=r"Row 2 has '1.500', whose point may"):
        amounts_of(path)


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize(
    "other", ["0.123", "12.5", "1234.500", "1,234,567", "1,234.5", ".5", "-0.5"]
)
def test_another_number_may_show_that_the_point_is_decimal(
    tmp_path: Path, separator: str, other: str
) -> None:
    path = separated(tmp_path / "a.csv", separator, "1.500", other)
    assert spelled(amount(amounts_of(path)[0])) == "1.5"


def test_numbers_between_commas_have_a_decimal_point_unless_others_have_none(
    tmp_path: Path,
) -> None:
    path = separated(tmp_path / "a.csv", ",", "1.234", "0.123", "12.5", "1,500", "1,234,567")
    assert [spelled(amount(each)) for each in amounts_of(path)] == [
        "1.234", "0.123", "12.5", "1500", "1234567",
    ]  # fmt: skip
    for other in ("1.234,5", "1.234.567", "1,5", "0,500", "1234,500"):
        for doubtful in ("1.500", "1,500"):
            path = separated(tmp_path / "a.csv", ",", other, doubtful)
            with pytest.raises(
                FileRefused, match=f"Row 3 has '{doubtful}', whose .* decimal comma"
            ):
                amounts_of(path)


def test_a_text_in_a_workbook_is_doubted_and_a_number_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    numbers = [HEADER, ("a", 1990, 1.234), ("b", 1990, 1500), ("c", 1990, 12.5)]
    assert amounts_of(workbook(path, {"Data": numbers})) == ["1.234", "1500", "12.5"]
    for text in ("1,500", "1.500", "12,5"):
        # The rules of numbers do not apply to texts.
        with pytest.raises(FileRefused, match=f"Row 5 has '{text}', whose"):
            amounts_of(workbook(path, {"Data": [*numbers, ("d", 1990, text)]}))
    texts = [HEADER, ("a", 1990, "1.500"), ("b", 1990, "0.5"), ("c", 1990, "1,234,567.5")]
    assert amounts_of(workbook(path, {"Data": texts})) == ["1.500", "0.5", "1,234,567.5"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"a.csv: It cannot be read: No such file"):
        rows(tmp_path / "a.csv")


def test_a_pipe_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A pipe would be empty the second time, or wait for a writer forever."""
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(FileRefused, match=r"a.csv: It is a pipe or a device"):
        rows(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_file_that_has_changed_since_it_was_opened_is_refused(tmp_path: Path, name: str) -> None:
    sheets = {"Data": [HEADER, ("Malmö", 1990, 0.5)]}
    path = tmp_path / name
    if name == "a.csv":
        written(path, PLAIN)
    else:
        workbook(path, sheets)
    table = open_table(path, COLUMNS)
    list(table.rows(lambda *_: None))
    table.refuse_changed()
    other = path.rename(tmp_path / "other")
    for change in (lambda: written(path, other.read_bytes()), lambda: path.unlink()):
        change()
        with pytest.raises(FileRefused, match=r"It has changed while it was read|No such file"):
            table.refuse_changed()


HEADER = ("name", "year", "amount")
RESULT = "<c><f>1+1</f><v>2</v></c>"


def test_a_workbook_is_read_as_a_csv_file_would_be(tmp_path: Path) -> None:
    sheets = {
        "About": [("Nothing here",)],
        "Data": [(), HEADER, ("Malmö", 1990, 0.5), ("a", 1991, RESULT), ("", "", "")],
    }
    path = workbook(tmp_path / "a.xlsx", sheets, hidden=["About"])
    assert rows(path) == [(3, ["Malmö", "1990", "0.5"]), (4, ["a", "1991", "2"])]


def test_the_result_of_a_formula_may_be_an_empty_text(tmp_path: Path) -> None:
    empty = '<c t="str"><f>IF(1=1,"","x")</f><v></v></c>'
    path = workbook(tmp_path / "a.xlsx", {"Data": [HEADER, ("a", 1991, empty)]})
    assert rows(path) == [(2, ["a", "1991", ""])]


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ([HEADER, ("a", 1, "<c r='C2'><f>1+1</f></c>")], "C2 .* formula without its result"),
        ([HEADER, ("a", 1, "<c r='C2'><f/></c>")], "C2 .* formula without its result"),
        ([HEADER, ("a", 1, "<c r='C2' t='n'><f t='shared' si='0'/><v/></c>")], "formula without"),
        (
            [HEADER, ("a", 1, f"<c r='C2' xmlns:x='{MAIN}'><x:f>1+1</x:f></c>")],
            "C2 .* formula without its result",
        ),
        ([HEADER, ("a", 1, "<c r='C2' t=\"e\"><v>#N/A</v></c>")], "C2 .* has an error"),
        ([HEADER, ("a", 1, "<c r='C2' t='e'><v>#N/A</v></c>")], "C2 .* has an error"),
        ([("name", "year")], "expected columns are missing: amount"),
    ],
)
def test_doubtful_cells_are_refused(
    tmp_path: Path, sheet: list[tuple[object, ...]], message: str
) -> None:
    with pytest.raises(FileRefused, match=message):
        rows(workbook(tmp_path / "a.xlsx", {"Data": sheet}))


def test_a_hidden_sheet_and_two_alike_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="'Data' is hidden"):
        rows(workbook(tmp_path / "a.xlsx", {"Data": [HEADER]}, hidden=["Data"]))
    with pytest.raises(FileRefused, match="Several sheets have the expected columns: One, Two"):
        rows(workbook(tmp_path / "a.xlsx", {"One": [HEADER], "Two": [HEADER]}))


def test_a_link_to_another_workbook_is_refused(tmp_path: Path) -> None:
    link = {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    with pytest.raises(FileRefused, match="takes values from another workbook"):
        rows(workbook(tmp_path / "a.xlsx", {"Data": [HEADER]}, more=link))


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = {"xl/styles.xml": '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'}
    with pytest.raises(FileRefused, match="declares a document type"):
        rows(workbook(tmp_path / "a.xlsx", {"Data": [HEADER]}, more=bomb))


def test_a_sheet_that_reaches_too_far_is_refused(tmp_path: Path) -> None:
    far = '<c r="XFD1048576"><v>1</v></c>'
    with pytest.raises(FileRefused, match="reaches over 17,179,869,184 cells"):
        rows(workbook(tmp_path / "a.xlsx", {"Data": [HEADER, (far,)]}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(FileRefused, match="It unpacks to more than"):
        rows(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234,567.5", "1234567.5"),
        ("1 234", "1234"),
        ("- 1'234'567.125", "-1234567.125"),
        ("1\u202f234.50", "1234.5"),
        ("-0.0", "0"),
        ("1e-05", "0.00001"),
        (".5", "0.5"),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    assert spelled(amount(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12 5",
        "1 23",
        "1.5 6",
        "0 500",
        "",
        "1,5",
        "0,500",
        "1,23,456",
        "1.2.3",
        "nan",
        "inf",
        "0x1",
        "~5",
    ],
)
def test_no_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        amount(text)


def test_whole_numbers_and_years() -> None:
    assert (whole("1979.0"), whole("1,979"), year("1979.0")) == (1979, 1979, 1979)
    for read, text in (
        (whole, "1.000"),
        (whole, "1.5"),
        (year, "79"),
        (year, "1979.5"),
    ):
        with pytest.raises(ValueError, match=r"is not a"):
            read(text)
    with pytest.raises(ValueError, match="has more than 18 digits"):
        whole("1" * 19)
