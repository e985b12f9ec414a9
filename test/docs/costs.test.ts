import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { estimateCost } from "../../scripts/commands/cost/cost-command";
import { costText } from "../../scripts/commands/cost/cost-text";
import { formatPrice } from "../../scripts/commands/cost/dollars";
import { monthAt } from "../../scripts/commands/cost/month";
import { LIST_PRICES, PRICE_NAMES } from "../../scripts/commands/cost/prices";

const FILE = join(resolve(__dirname, "../.."), "docs", "costs.md");

const PRICES = /^\| Price .*?(?=\n\n)/ms;
const TRANSCRIPT = /(?<=^```text\n).*?(?=\n```$)/ms;

function priceTable(): string {
  const rows = PRICE_NAMES.map((name) => {
    const { what, dollars, per, unit, page } = LIST_PRICES.prices[name];
    return [`\`${name}\``, unit, formatPrice(dollars / per), what, `aws.amazon.com${page}`];
  });
  const all = [["Price", "Unit", "Dollars", "For", "Page"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(all[0] ?? []), line(widths.map((width) => "-".repeat(width))), ...all.slice(1).map(line)].join("\n");
}

/** After a change that is meant: `UPDATE_SNAPSHOTS=1 npm test`. */
describe("docs/costs.md", () => {
  const corrected = (text: string, expression: RegExp, part: string) => {
    if (process.env.UPDATE_SNAPSHOTS === "1") {
      writeFileSync(
        FILE,
        text.replace(expression, () => part),
      );
    }
    return expression.exec(readFileSync(FILE, "utf8"))?.[0];
  };

  it("shows what the command prints", async () => {
    const estimate = await estimateCost(
      {
        ...{ server: "servers/example.yaml", sync: "prices", month: monthAt(new Date("2026-12-01T00:00:00Z")) },
        ...{ files: 5000, size: 20 * 1024 ** 2, folders: 10, changed: { share: 0.05 } },
      },
      () => undefined,
    );
    const printed = costText(estimate);
    expect(corrected(readFileSync(FILE, "utf8"), TRANSCRIPT, printed)).to.equal(printed);
  });

  it("names every price", () => {
    expect(corrected(readFileSync(FILE, "utf8"), PRICES, priceTable())).to.equal(priceTable());
  });
});
