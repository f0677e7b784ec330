import { expect, test } from "vitest";
import { amountText, decimalText } from "./amounts";
import { dateText } from "./dates";
import { drawnName, within } from "./names";

test.each([
  ["2024", "2024"],
  ["2024-10", "Oct 2024"],
  ["2024-10-28", "28 Oct 2024"],
  ["2024~", "about 2024"],
  ["1984?", "1984 (uncertain)"],
  ["198X", "1980s"],
  ["2024-21", "2024-21"],
  ["later", "later"],
])("the date %s reads %s", (edtf, text) => {
  expect(dateText(edtf)).toBe(text);
});

test("digits are grouped however many there are", () => {
  expect(decimalText("12000")).toBe("12,000");
  expect(decimalText("999")).toBe("999");
  expect(decimalText("123456789012345678901234.5670")).toBe("123,456,789,012,345,678,901,234.5670");
});

const NOTHING = { value: null, low: null, high: null, unit: null, estimated: null };

test("an amount is formatted with its unit and currency, and marked if it is estimated", () => {
  expect(amountText({ ...NOTHING, value: "12000", unit: "PERSONS" })).toBe("12,000 persons");
  expect(amountText({ ...NOTHING, value: "99", unit: "PER_CENT" })).toBe("99%");
  expect(amountText({ ...NOTHING, low: "10", high: "20", unit: "CURRENCY", currency: "EUR" })).toBe(
    "EUR 10 to 20",
  );
  expect(amountText({ ...NOTHING, low: "1000", unit: "PIECES", estimated: true })).toBe(
    "1,000 or more pieces (estimated)",
  );
  expect(amountText(NOTHING)).toBeNull();
  expect(amountText(null)).toBeNull();
});

test("a drawn name has no direction controls and is not long", () => {
  expect(drawnName("\u202Eevil\u202C")).toBe("evil");
  expect(drawnName("Ukraine")).toBe("Ukraine");
  expect(drawnName("a".repeat(300))).toBe(`${"a".repeat(35)}…`);
});

test("a drawn name is shortened between characters, and has few marks on a letter", () => {
  expect(drawnName("🇺🇦".repeat(40), within(4))).toBe("🇺🇦🇺🇦🇺🇦…");
  expect(drawnName("👩‍👩‍👧".repeat(3), within(3))).toBe("👩‍👩‍👧".repeat(3));
  expect(drawnName(`Z${"\u0301".repeat(40)}a`)).toBe(`Z${"\u0301".repeat(4)}a`);
});

test("a drawn name fills its room, and its ellipsis stands at its own end", () => {
  const width = (text: string) => (text.match(/W/g)?.length ?? 0) * 3 + text.length;
  expect(drawnName("WWWWWW", (text) => width(text) <= 14)).toBe("WWW…");
  expect(drawnName("ישראל וגרמניה", within(8))).toBe("\u2068ישראל ו…\u2069");
});
