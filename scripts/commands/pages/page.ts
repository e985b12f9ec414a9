import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Element, ElementContent, Nodes } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { printable } from "../../../contract/printable";

/** By this a page is known as one of ours, which may be overwritten. */
const GENERATOR = "sftp-sync";

/** Elements whose text is code of ours, and no markup. */
const CODE: readonly string[] = ["style", "script"];

/** Of nothing in the page but a picture in its own text; the icon, so that no browser asks a server for one. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 5h9M8 2l3 3-3 3M14 11H5M8 8l-3 3 3 3' fill='none' stroke='%230b62b0' stroke-width='2'/%3E%3C/svg%3E";

export interface Page {
  readonly title: string;
  /** Below the title: what, where and when. */
  readonly lead: string;
  /** Of the navigation, which leads to each. */
  readonly sections: readonly Section[];
  readonly footer: string;
}

export interface Section {
  /** Unique in the page: letters and `-`. */
  readonly id: string;
  readonly heading: string;
  readonly content: readonly ElementContent[];
}

/** A page in one file: nothing is loaded from elsewhere, and no connection is allowed. Reading it takes no script. */
export function pageHtml({ title, lead, sections, footer }: Page): string {
  const style = asset("page.css");
  const script = asset("page.js");
  const page = h(null, [
    { type: "doctype" },
    h("html", { lang: "en" }, [
      h("head", [
        h("meta", { charSet: "utf-8" }),
        h("meta", { httpEquiv: "Content-Security-Policy", content: policy(style, script) }),
        h("meta", { name: "generator", content: GENERATOR }),
        h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        h("meta", { name: "color-scheme", content: "light dark" }),
        h("meta", { name: "referrer", content: "no-referrer" }),
        h("title", title),
        h("link", { rel: "icon", href: ICON }),
        h("style", style),
      ]),
      h("body", [
        h("a.skip", { href: "#main" }, "Skip to the content"),
        h("header", [h("h1", h("bdi", title)), h("p.lead", lead)]),
        h(
          "nav",
          { ariaLabel: "Sections" },
          sections.map(({ id, heading }) => h("a", { href: `#${id}` }, heading)),
        ),
        h(
          "main",
          { id: "main", tabIndex: -1 },
          sections.map(({ id, heading, content }) =>
            h("section", { id, ariaLabelledBy: `${id}-heading` }, [
              h("h2", { id: `${id}-heading` }, heading),
              ...content,
            ]),
          ),
        ),
        h("footer", h("p", footer)),
        h("script", script),
      ]),
    ]),
  ]);
  makePrintable(page);
  return `${toHtml(page)}\n`;
}

/** Whether a text is the beginning of a page that was made here. */
export const isOurPage = (text: string): boolean => text.includes(`<meta name="generator" content="${GENERATOR}">`);

const asset = (name: string): string => readFileSync(join(__dirname, name), "utf8");

/** Style and script are allowed by their hashes alone: markup that came in somehow would not run. */
function policy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

/**
 * Shows control characters and what turns the direction of writing, wherever a text came from. The library escapes markup; what
 * it cannot know is that these are no part of any text here.
 */
function makePrintable(node: Nodes): void {
  if (node.type === "text") {
    node.value = printable(node.value);
  }
  if (node.type === "element") {
    makePropertiesPrintable(node);
  }
  if ("children" in node && !(node.type === "element" && CODE.includes(node.tagName))) {
    for (const child of node.children) {
      makePrintable(child);
    }
  }
}

function makePropertiesPrintable({ properties }: Element): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "string") {
      properties[name] = printable(value);
    }
  }
}
