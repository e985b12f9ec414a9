import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect } from "chai";
import { UserError } from "../../../local/errors/user-error";
import { loadPrices, priceFileJsonSchema } from "../../../scripts/commands/cost/price-file";
import { PRICE_NAMES } from "../../../scripts/commands/cost/prices";
import { tempFolder } from "../../support/temp-folder";

const isInSchema = new Ajv({ strict: false, validateFormats: false }).compile(priceFileJsonSchema());

const FILE = { region: "eu-central-1", date: "2027-01-31", prices: { secrets: 0.4 } };

/** Price files that are taken, and those that are refused: by the command and by the schema alike. */
const CORPUS: { readonly taken: readonly unknown[]; readonly refused: readonly unknown[] } = {
  taken: [
    FILE,
    { $schema: "docs/prices.schema.json", ...FILE },
    { ...FILE, prices: {} },
    { ...FILE, prices: { secrets: 0, keys: 1e-9, connectorCalls: 12 } },
    { ...FILE, prices: Object.fromEntries(PRICE_NAMES.map((name) => [name, 1])) },
    { ...FILE, date: "2028-02-29" },
    { ...FILE, region: "elsewhere" },
    { ...FILE, region: "Europe (Frankfurt) as billed" },
  ],
  refused: [
    [],
    null,
    "prices",
    {},
    { ...FILE, region: "" },
    { ...FILE, region: 5 },
    { ...FILE, region: "here\n::warning::there" },
    { ...FILE, region: "here\u202e" },
    { ...FILE, region: "![here](https://example.com/there)" },
    { ...FILE, region: "h".repeat(101) },
    { ...FILE, region: undefined },
    { ...FILE, date: undefined },
    { ...FILE, date: "2027-02-29" },
    { ...FILE, date: "31.01.2027" },
    { ...FILE, date: "2027-01-31T00:00:00Z" },
    { ...FILE, date: 20270131 },
    { ...FILE, prices: undefined },
    { ...FILE, prices: [] },
    { ...FILE, prices: { secrets: -1 } },
    { ...FILE, prices: { secrets: "0.4" } },
    { ...FILE, prices: { secrets: null } },
    { ...FILE, prices: { secret: 0.4 } },
    { ...FILE, price: {} },
    { ...FILE, $schema: 5 },
  ],
};

describe("the schema of a price file for editors", () => {
  let number = 0;

  async function verdicts(content: unknown): Promise<[command: boolean, schema: boolean]> {
    number += 1;
    const file = join(tempFolder(), `prices-${number}.json`);
    const text = JSON.stringify(content);
    writeFileSync(file, text);
    const isTaken = await loadPrices(file).then(
      () => true,
      (error: unknown) => {
        expect(error).to.be.instanceOf(UserError);
        return false;
      },
    );
    return [isTaken, isInSchema(JSON.parse(text))];
  }

  for (const [title, contents, expected] of [
    ["takes, as the command,", CORPUS.taken, true],
    ["refuses, as the command,", CORPUS.refused, false],
  ] as const) {
    for (const content of contents) {
      it(`${title} ${JSON.stringify(content).slice(0, 90)}`, async () => {
        expect(await verdicts(content)).to.deep.equal([expected, expected]);
      });
    }
  }
});
