import { type KeyboardEvent, useId, useState } from "react";

interface Options {
  /** How many suggestions there are. */
  count: number;
  /** Whether there is an answer to show, be it that nothing was found. */
  isAnswered: boolean;
  choose: (place: number) => void;
  /** What Escape does where no list is open. */
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
    // Enter and arrows that choose among candidates of an input method are not ours.
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
    /** To call when the text has changed. */
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
      // Before the field loses the focus, which closes the list.
      onMouseDown: () => take(place),
    }),
  } as const;
}
