import type { Selection } from "../../question/question";

/**
 * Whether a part of the map would show the same again, such as while the answer to another question
 * is on its way. A selection that is read from the address again is another object.
 */
export function showsTheSame<Props extends { selected: Selection | null }>(
  { selected: before, ...one }: Props,
  { selected: after, ...other }: Props,
): boolean {
  const names = Object.keys(one) as (keyof typeof one)[];
  return (
    names.every((name) => Object.is(one[name], other[name])) &&
    JSON.stringify(before) === JSON.stringify(after)
  );
}
