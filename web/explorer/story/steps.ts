/**
 * The steps of the story of the first visit: each is a question whose view the page shows beside
 * the text.
 */

import type { Question, Selection } from "../question/question";
import { words } from "../words";

/** The data set of the article that the story follows. */
export const ARTICLE = "rutte-2024";

interface Step {
  title: string;
  text: string;
  around: string[];
  /** The selection whose details are shown if they fit beside the drawing. */
  selected: Selection | null;
}

const edge = (supporter: string, recipient: string, kind?: string): Selection => ({
  type: "edge",
  supporter,
  recipient,
  ...(kind && { kind }),
});

const TURNS: Pick<Step, "around" | "selected">[] = [
  { around: [], selected: null },
  { around: ["russia"], selected: edge("iran", "russia") },
  { around: ["north-korea"], selected: edge("north-korea", "russia", "TROOPS") },
  { around: ["north-korea"], selected: edge("russia", "north-korea") },
  { around: ["ukraine"], selected: edge("nato", "ukraine") },
];

export const STEPS: Step[] = words.story.steps.flatMap(([title, text], place) => {
  const turn = TURNS[place];
  return turn ? [{ title, text, ...turn }] : [];
});

/** The parts of the question that a step sets. */
export function questionOfStep({ around, selected }: Step, hasRoom: boolean): Partial<Question> {
  return { view: "network", datasets: [ARTICLE], around, selected: hasRoom ? selected : null };
}

/** Resets the question to the whole network, which a first visit starts with. */
export const AFTER_STORY: Partial<Question> = { datasets: [], around: [], selected: null };
