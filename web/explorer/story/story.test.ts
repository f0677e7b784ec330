import { expect, test } from "vitest";
import { addressOf, questionOf } from "../question/address";
import { FIRST_QUESTION } from "../question/question";
import { words } from "../words";
import { AFTER_STORY, questionOfStep, STEPS } from "./steps";

test("each text of the story has its step, whose question has an address", () => {
  expect(STEPS).toHaveLength(words.story.steps.length);
  for (const step of STEPS) {
    const question = { ...FIRST_QUESTION, ...questionOfStep(step, true) };
    expect(questionOf(addressOf(question))).toEqual(question);
  }
});

test("after the story the page is what it was on the first visit", () => {
  const [step] = STEPS.slice(-1);
  const told = { ...FIRST_QUESTION, ...(step && questionOfStep(step, true)) };
  expect({ ...told, ...AFTER_STORY }).toEqual(FIRST_QUESTION);
});
