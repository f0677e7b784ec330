import { expect, test } from "vitest";
import { periodText } from "./period";

const UNDATED = {
  agreedOn: null,
  startedOn: null,
  endedOn: null,
  startCensored: false,
  endCensored: false,
};

test("a period states the dates that are known, or that none is", () => {
  expect(periodText(UNDATED)).toBe("No date is stated");
  expect(periodText({ ...UNDATED, startedOn: "2024-10" })).toBe("since Oct 2024");
  expect(periodText({ ...UNDATED, endedOn: "2017" })).toBe("until 2017");
  expect(periodText({ ...UNDATED, startedOn: "2015", endedOn: "2015" })).toBe("2015");
  expect(periodText({ ...UNDATED, agreedOn: "2021", startedOn: "2022" })).toBe(
    "agreed 2021, since 2022",
  );
});

test("a censored start or end is marked as open", () => {
  const period = { ...UNDATED, startedOn: "1975", endedOn: "2017" };
  expect(periodText({ ...period, startCensored: true, endCensored: true })).toBe(
    "1975 or before until 2017 or later",
  );
});
