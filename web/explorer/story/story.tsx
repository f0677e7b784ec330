import "./story.css";

import { useEffect, useRef, useState } from "react";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { AFTER_STORY, questionOfStep, STEPS } from "./steps";

interface Props {
  change: Change;
  /** Closes the story, which no longer opens by itself. */
  end: () => void;
}

/** In a narrower window the details cover the drawing: see `style/page.css`. */
const WIDE = "(min-width: 1101px)";

const text = words.story;

/** A card above the drawing that explains the article step by step. */
export default function Story({ change, end }: Props) {
  const [place, setPlace] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const step = STEPS[place];
  const isLast = place === STEPS.length - 1;
  const hasRoom = window.matchMedia(WIDE).matches;

  useEffect(() => {
    if (step) change(questionOfStep(step, window.matchMedia(WIDE).matches), "replace");
    heading.current?.focus();
  }, [step, change]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // Stops the page's handler of Escape, which closes the details: they are part of the story.
      event.stopPropagation();
      change(AFTER_STORY, "replace");
      end();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [change, end]);
  if (!step) return null;
  const leave = () => {
    change(AFTER_STORY, "replace");
    end();
  };
  return (
    <section className="story" aria-labelledby="story-title">
      <p className="quiet">{text.place(place + 1, STEPS.length)}</p>
      <h2 id="story-title" ref={heading} tabIndex={-1}>
        {step.title}
      </h2>
      <p>{step.text}</p>
      <p className="story-actions">
        <button type="button" className="link" onClick={leave}>
          {isLast ? text.end : text.skip} {!isLast && <kbd aria-hidden="true">Esc</kbd>}
        </button>
        {!hasRoom && step.selected && (
          <button type="button" onClick={() => change({ selected: step.selected }, "replace")}>
            {text.whoSaysSo}
          </button>
        )}
        <span className="story-turns">
          {place > 0 && (
            <button type="button" onClick={() => setPlace(place - 1)}>
              {text.back}
            </button>
          )}
          {!isLast && (
            <button type="button" className="primary" onClick={() => setPlace(place + 1)}>
              {text.next}
            </button>
          )}
        </span>
      </p>
    </section>
  );
}
