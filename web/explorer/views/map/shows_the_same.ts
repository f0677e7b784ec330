import type { Selection } from "../../question/question";

/**
 * Whether a part of the map would render the same again, for example while the result for another
 * question is pending. Selections are compared by value, because parsing the address creates new
 * objects.
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
