/**
 * What a view of the explorer is. Each folder beside this file is one view: it receives the question
 * with its selection, asks the API its own query, and changes the question when a person clicks.
 *
 * To add a view: make `views/NAME/view.tsx` with a default export that is a `View`, add NAME to
 * `VIEWS` in `question/question.ts`, to `words.views`, to `views/load.ts`, and its query to
 * `views/queries.ts`. Its code, drawing libraries included, loads when the view is first opened.
 */

import type { ComponentType } from "react";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";

/** Makes the text of an SVG file. */
export type MakeSvg = () => string;

export interface ViewProps {
  question: Question;
  change: Change;
  /** The view hands over how to make an SVG of what it shows, and null when it is closed. */
  offerSvg: (make: MakeSvg | null) => void;
}

export interface View {
  Component: ComponentType<ViewProps>;
}
