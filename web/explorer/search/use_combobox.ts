import { type KeyboardEvent, useId, useState } from "react";

interface Options {
  /** The number of suggestions. */
  count: number;
  /** Whether a result has arrived, even an empty one. */
  isAnswered: boolean;
  choose: (place: number) => void;
  /** Called on Escape if no list is open. */
  clear?: () => void;
}

/** A field with a list of suggestions: the combobox pattern of ARIA, with its keys. */
export function useCombobox({ count, isAnswered, choose, clear }: Options) {
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState(0);
  const list = useId();
  const isShown = isOpen && isAnswered;
  const hasList = isShown && count > 0;

  const take = (place: number) => {
    choose(place);
    setOpen(false);
  };
  const move = (to: number) => {
    const next = count === 0 ? 0 : (to + count) % count;
    setOpen(true);
    setMarked(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // During input method composition, Enter and the arrow keys belong to the input method.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && hasList && marked < count) take(marked);
    else if (event.key === "Escape" && isShown) setOpen(false);
    else if (event.key === "Escape" && clear) clear();
    else if (event.key === "ArrowDown") move(isShown ? marked + 1 : marked);
    else if (event.key === "ArrowUp") move(isShown ? marked - 1 : marked);
    else return;
    event.preventDefault();
  };
  return {
    isShown,
    hasList,
    /** Must be called when the text has changed. */
    reopen: () => {
      setMarked(0);
      setOpen(true);
    },
    inputProps: {
      role: "combobox",
      autoComplete: "off",
      spellCheck: false,
      "aria-expanded": hasList,
      "aria-controls": list,
      "aria-autocomplete": "list",
      "aria-activedescendant": hasList ? `${list}-${marked}` : undefined,
      onFocus: () => setOpen(true),
      onBlur: () => setOpen(false),
      onKeyDown,
    },
    listProps: { id: list, role: "listbox", hidden: !hasList },
    optionProps: (place: number) => ({
      id: `${list}-${place}`,
      role: "option",
      "aria-selected": place === marked,
      // On `mousedown`, because the blur that follows it closes the list.
      onMouseDown: () => take(place),
    }),
  } as const;
}
