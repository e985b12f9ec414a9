import type { Widget } from "./widgets";

/** Columns of a dashboard (Dashboard body structure, "Widgets array"). */
const COLUMNS = 24;

export type PlacedWidget = Widget & { readonly x: number; readonly y: number };

/**
 * Puts rows of widgets one below the other.
 * @throws Error where a row does not fill all columns, or its widgets differ in height: it would leave holes.
 */
export function grid(rows: readonly (readonly Widget[])[]): PlacedWidget[] {
  let y = 0;
  return rows.flatMap((row, index) => {
    const height = row[0]?.height ?? 0;
    const width = row.reduce((sum, widget) => sum + widget.width, 0);
    if (width !== COLUMNS || row.some((widget) => widget.height !== height)) {
      throw new Error(`Row ${index} of the dashboard is ${width} columns wide, or uneven`);
    }
    const top = y;
    let x = 0;
    y += height;
    return row.map((widget) => {
      const left = x;
      x += widget.width;
      return { ...widget, x: left, y: top };
    });
  });
}
