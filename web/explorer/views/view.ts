/**
 * The interface of a view. Each folder beside this file is one view: it receives the question with
 * its selection, sends its own query to the API, and changes the question when the user clicks.
 *
 * To add a view: create `views/NAME/view.tsx` with a default export that is a `View`, and add NAME
 * to `VIEWS` in `question/question.ts`, to `words.views`, to `views/load.ts`, and its query to
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
  /**
   * Offers the function that makes an SVG file of what the view shows; null when the view closes.
   */
  offerSvg: (make: MakeSvg | null) => void;
}

export interface View {
  Component: ComponentType<ViewProps>;
}
