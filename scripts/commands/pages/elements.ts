import type { Element, ElementContent } from "hast";
import { h, s } from "hastscript";

export type Content = string | ElementContent | readonly (string | ElementContent)[];

export interface PageColumn {
  readonly head: string;
  /** Numbers are read from the right. */
  readonly align?: "right";
}

/** A name that somebody else has chosen: whatever its script, it leaves the direction of what stands around it alone. */
export const name = (text: string): Element => h("bdi", text);

/** The same where it is a path, a name in AWS or anything else that is typed. */
export const code = (text: string): Element => h("code", h("bdi", text));

/** A word about the state of something, which does not depend on its colour. */
export const badge = (text: string, kind: "good" | "bad" | "warn" | "plain" = "plain"): Element =>
  h(`span.badge.${kind}`, text);

/** Figures with what they count. */
export function tiles(
  figures: readonly { readonly label: string; readonly value: string; readonly note?: string }[],
): Element {
  return h(
    "dl.tiles",
    figures.map(({ label, value, note }) =>
      h("div", [h("dt", label), h("dd.value", value), ...(note === undefined ? [] : [h("dd.note", note)])]),
    ),
  );
}

/** What there is to know of one thing: names with their values. */
export function facts(known: readonly (readonly [string, Content])[]): Element {
  return h(
    "dl.facts",
    known.map(([what, value]) => h("div", [h("dt", what), h("dd", [value].flat())])),
  );
}

/**
 * A table that stacks its cells where the page is narrow. The roles say what it is even then, when the style takes its display.
 * @param caption for those who do not see what stands above it.
 */
export function pageTable(
  caption: string,
  columns: readonly PageColumn[],
  rows: readonly (readonly Content[])[],
): Element {
  const align = (index: number) => (columns[index]?.align === "right" ? "number" : undefined);
  return h("table", { role: "table" }, [
    h("caption.hidden", caption),
    h("thead", { role: "rowgroup" }, [
      h(
        "tr",
        { role: "row" },
        columns.map(({ head }, index) =>
          h("th", { role: "columnheader", scope: "col", className: align(index) }, head),
        ),
      ),
    ]),
    h(
      "tbody",
      { role: "rowgroup" },
      rows.map((cells) =>
        h(
          "tr",
          { role: "row" },
          cells.map((cell, index) =>
            h(
              "td",
              { role: "cell", className: align(index), dataLabel: columns[index]?.head ?? "" },
              h("div", [cell].flat()),
            ),
          ),
        ),
      ),
    ),
  ]);
}

/** How much of a limit is used: a bar for the eye, beside figures that say the same. */
export function usageBar(used: number, limit: number): Element {
  const width = Math.min(100, (used / limit) * 100);
  const kind = used > limit ? "over" : used > limit * 0.7 ? "near" : "within";
  return s(
    "svg",
    { className: ["usage", kind], viewBox: "0 0 100 6", preserveAspectRatio: "none", ariaHidden: "true" },
    [
      s("rect.track", { width: 100, height: 6 }),
      s("rect.fill", { width: used === 0 ? 0 : Math.max(1, Math.round(width * 10) / 10), height: 6 }),
    ],
  );
}
