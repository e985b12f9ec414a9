import * as z from "zod";
import { readText } from "../../../config/file-text";
import { dottedPath } from "../../../config/problems/path";
import { formatProblem, sortProblems } from "../../../config/problems/problem";
import { zodFindings } from "../../../config/problems/zod-findings";
import { jsonProblems } from "../../../config/settings/json-text";
import { unreadable } from "../../../config/unreadable";
import { readYaml } from "../../../config/yaml/yaml-source";
import { UserError } from "../../../local/errors/user-error";
import { formatPrice } from "./dollars";
import { LIST_PRICES, PRICE_NAMES, type Price, type PriceList, type PriceName } from "./prices";

/** A price file is a few lines. */
const LIMIT = 64 * 1024;

/** It is said of the prices in texts and in Markdown, and no more than that. */
const REGION = /^[A-Za-z0-9][A-Za-z0-9 ._()-]{0,99}$/;

const dollars = (name: PriceName) => {
  const { what, unit, dollars: listed, per } = LIST_PRICES.prices[name];
  const description = `dollars for one ${unit}, on the list ${formatPrice(listed / per)}`;
  return z.number().min(0).meta({ title: what, description }).optional();
};

/** A file for `--prices`: where and when its prices hold, and dollars for one unit of what it names; the rest stays. */
const priceFileSchema = z.strictObject({
  $schema: z.string().optional().describe("for editors: the JSON Schema of this file"),
  region: z
    .string()
    .regex(REGION, "1 to 100 letters, digits, blanks and . _ ( ) -")
    .describe("the Region of the prices, such as eu-central-1"),
  date: z.iso.date().describe("the day of the prices, such as 2026-12-31"),
  prices: z
    .strictObject(
      Object.fromEntries(PRICE_NAMES.map((name) => [name, dollars(name)])) as Record<
        PriceName,
        ReturnType<typeof dollars>
      >,
    )
    .describe("dollars for one unit, by name"),
});

/** The JSON Schema of such a file, for editors. */
export function priceFileJsonSchema(): Record<string, unknown> {
  return { title: "Prices for --prices", ...z.toJSONSchema(priceFileSchema, { io: "input", target: "draft-7" }) };
}

/** The list prices with those of a file in their place. @throws UserError naming everything that is wrong in it. */
export async function loadPrices(file: string | undefined): Promise<PriceList> {
  if (file === undefined) {
    return LIST_PRICES;
  }
  const problems = { next: "correct the file; docs/costs.md has its fields" };
  const text = await readText(file, LIMIT).catch((cause: unknown) => {
    throw new UserError(formatProblem(unreadable(file, "a price file", cause)), problems);
  });
  const syntax = jsonProblems(file, text);
  if (syntax.length > 0) {
    throw new UserError(syntax.map(formatProblem).join("\n"), problems);
  }
  const source = readYaml(text);
  const parsed = priceFileSchema.safeParse(source.data);
  if (!parsed.success) {
    const placed = zodFindings(parsed.error.issues, priceFileSchema, source.data).map(({ path, part, finding }) => ({
      ...finding,
      ...source.locate(path, part),
      file,
      path: dottedPath(path),
    }));
    throw new UserError(sortProblems(placed, [file]).map(formatProblem).join("\n"), problems);
  }
  return replaced(parsed.data);
}

function replaced({ region, date, prices }: z.infer<typeof priceFileSchema>): PriceList {
  const price = (name: PriceName): Price => {
    const own = prices[name];
    return own === undefined ? LIST_PRICES.prices[name] : { ...LIST_PRICES.prices[name], dollars: own, per: 1 };
  };
  const all = Object.fromEntries(PRICE_NAMES.map((name) => [name, price(name)]));
  return { region, date, prices: { ...LIST_PRICES.prices, ...all } };
}
