import type { ReactNode } from "react";
import type { useCombobox } from "../../search/use_combobox";
import { Name } from "../../text/name";
import { words } from "../../words";

/** One suggestion, with details that distinguish it from others with the same name. */
interface Suggested {
  key: string;
  name: string;
  more?: ReactNode;
}

interface Props {
  box: ReturnType<typeof useCombobox>;
  found: readonly Suggested[];
}

/** The list of suggestions below a field that references a record. */
export function Suggestions({ box, found }: Props) {
  return (
    <ul {...box.listProps} aria-label={words.search.results(found.length)}>
      {found.map(({ key, name, more }, place) => (
        <li key={key} {...box.optionProps(place)}>
          <Name>{name}</Name>
          {more && <span className="quiet">{more}</span>}
        </li>
      ))}
    </ul>
  );
}
