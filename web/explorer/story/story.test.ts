import { expect, test } from "vitest";
import { addressOf, questionOf } from "../question/address";
import { FIRST_QUESTION } from "../question/question";
import { words } from "../words";
import { AFTER_STORY, questionOfStep, STEPS } from "./steps";

test("each text of the story has a step, whose question survives a round trip through the address", () => {
  expect(STEPS).toHaveLength(words.story.steps.length);
  for (const step of STEPS) {
    const question = { ...FIRST_QUESTION, ...questionOfStep(step, true) };
    expect(questionOf(addressOf(question))).toEqual(question);
  }
});

test("after the story the question is that of a first visit", () => {
  const [step] = STEPS.slice(-1);
  const told = { ...FIRST_QUESTION, ...(step && questionOfStep(step, true)) };
  expect({ ...told, ...AFTER_STORY }).toEqual(FIRST_QUESTION);
});
