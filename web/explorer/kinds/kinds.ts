/** The hierarchy of kinds of support, as the API returns it, and the colour of each kind. */

import { createContext, useContext } from "react";
import { graphql, type ResultOf } from "../api/graphql";

const KIND = graphql(`
  fragment Kind on SupportKindInfo @_unmask {
    kind
    label
    parent
    description
  }
`);

/** The root, and every level below it. */
export const KINDS = graphql(
  `
    query Kinds {
      supportKinds {
        ...Kind
        children {
          ...Kind
          children {
            ...Kind
            children {
              ...Kind
              children {
                ...Kind
              }
            }
          }
        }
      }
    }
  `,
  [KIND],
);

export type Kind = ResultOf<typeof KIND>;
type Branch = Kind & { children?: Branch[] };

/** All kinds of a tree in one list, each before those below it. */
export function listed(branches: readonly Branch[]): Kind[] {
  return branches.flatMap(({ children, ...kind }) => [kind, ...listed(children ?? [])]);
}

/** A colour of `style/colours.css`: `--kind-NAME`. */
export type Hue = (typeof HUES)[number];
export const HUES = [
  "economy",
  "military",
  "drones",
  "missiles",
  "ammunition",
  "troops",
  "training",
  "humanitarian",
  "diplomatic",
  "other",
] as const;

// A kind without its own colour has that of the nearest kind above it.
const HUE_OF: Record<string, Hue> = {
  ECONOMY: "economy",
  MILITARY: "military",
  DRONES: "drones",
  MISSILES: "missiles",
  AMMUNITION: "ammunition",
  TROOPS: "troops",
  TRAINING: "training",
  INTELLIGENCE: "training",
  HUMANITARIAN: "humanitarian",
  DIPLOMATIC: "diplomatic",
};

export class KindTree {
  private readonly byKind: Map<string, Kind>;
  private readonly byParent = new Map<string | null, Kind[]>();

  constructor(readonly kinds: readonly Kind[]) {
    this.byKind = new Map(kinds.map((kind) => [kind.kind, kind]));
    for (const kind of kinds) {
      this.byParent.set(kind.parent, [...this.children(kind.parent), kind]);
    }
  }

  /** The label of a kind; the term itself if the API has no label. */
  label(kind: string): string {
    return this.byKind.get(kind)?.label ?? kind;
  }

  /** The kind and all above it, the nearest first. */
  above(kind: string): string[] {
    const parent = this.byKind.get(kind)?.parent;
    return parent ? [kind, ...this.above(parent)] : [kind];
  }

  /** The kind and all below it. */
  under(kind: string): string[] {
    return [kind, ...this.children(kind).flatMap((child) => this.under(child.kind))];
  }

  children(kind: string | null): Kind[] {
    return this.byParent.get(kind) ?? [];
  }

  /** The kinds of the first level of choices: those directly below the root. */
  get main(): Kind[] {
    return this.children(null).flatMap((root) => this.children(root.kind));
  }

  hue(kind: string): Hue {
    return HUE_OF[this.coloured(kind) ?? ""] ?? "other";
  }

  /** The kind, or the nearest one above it, that has its own colour; null if none has. */
  coloured(kind: string): string | null {
    return this.above(kind).find((each) => each in HUE_OF) ?? null;
  }

  /** The nearest kind that is above all of these. */
  common(kinds: readonly string[]): string | undefined {
    const [first, ...others] = kinds.map((kind) => this.above(kind));
    return first?.find((kind) => others.every((above) => above.includes(kind)));
  }
}

export const KindsContext = createContext(new KindTree([]));

export function useKinds(): KindTree {
  return useContext(KindsContext);
}
