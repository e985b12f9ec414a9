import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import type { SyncDefinition } from "../../contract/model";
import type { SyncSetting } from "../../contract/sync-setting";
import { DeployedStack } from "../least-privilege/deployed-stack";
import { tempFolder } from "../support/temp-folder";
import { type StackJson, synthInto, synthStack, testServer, testSettings, testSync } from "./support";

const FILE = join(__dirname, "..", "..", "docs", "quotas.md");

/** The installation that the document reckons with. */
const SERVERS = 300;
const SYNCS = 2;

/** Characters of all inline policies of a role together, white space not counted (IAM user guide). */
const MAX_INLINE_POLICY = 10_240;

const PREFIX = "landing/partner/feeds/orders".padEnd(30, "-");

type LocalRepository = SyncSetting["LocalRepository"];

const syncs = (count: number, repository: (index: number) => LocalRepository) =>
  Array.from({ length: count }, (_, index) => testSync(`sync-${index}`, { LocalRepository: repository(index) }));

const inOneBucket = (index: number) => ({ BucketName: "lake", Prefix: `in/${index}` });

function serverWith(count: number): StackJson {
  return synthStack("server-a", { definitions: [testServer("a", { syncs: syncs(count, inOneBucket) })] });
}

/** Resources of a type, or all of them. */
function count({ resource }: StackJson, type: string | undefined): number {
  return Object.entries(resource)
    .filter(([name]) => type === undefined || type === name)
    .reduce((sum, [, byName]) => sum + Object.keys(byName).length, 0);
}

const shared = synthStack("shared", {});
const withOne = serverWith(1);
const withTwo = serverWith(2);

/** The figures of a row: of the shared stack, of a server, of a sync, and of the whole installation. */
function figures(type: string | undefined): string[] {
  const sync = count(withTwo, type) - count(withOne, type);
  const server = count(withOne, type) - sync;
  const all = count(shared, type) + SERVERS * (server + SYNCS * sync);
  return [count(shared, type), server, sync, all].map((figure) => figure.toLocaleString("en-US"));
}

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The document with the figures of its table put right. */
function corrected(text: string): string {
  return text.replace(/^\| resource .*?(?=\n\n)/ms, (table) => {
    const [head = "", , ...rows] = table.split("\n");
    const lines = rows.map((row) => {
      const [name = "", ...rest] = cellsOf(row);
      return [name, ...figures(/^`(.*)`$/.exec(name)?.[1]), rest.at(-1) ?? ""];
    });
    return aligned([cellsOf(head), ...lines]);
  });
}

function aligned(rows: readonly string[][]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...others] = rows;
  return [line(first), line(widths.map((width) => "-".repeat(width))), ...others.map(line)].join("\n");
}

/** After a change of the stacks that is meant: `UPDATE_SNAPSHOTS=1 npm test`. */
describe("docs/quotas.md", () => {
  const text = readFileSync(FILE, "utf8");

  it("counts what the stacks hold", () => {
    if (process.env.UPDATE_SNAPSHOTS === "1") {
      writeFileSync(FILE, corrected(text));
    }
    const table = (document: string) => document.split("\n").filter((line) => line.startsWith("| "));
    expect(table(readFileSync(FILE, "utf8"))).to.deep.equal(table(corrected(text)));
  });

  it("draws the right conclusions from the counts", () => {
    const perServer = count(withTwo, undefined);
    const servers = Math.floor((1000 - count(shared, "aws_iam_role")) / count(withTwo, "aws_iam_role"));
    expect(text.replaceAll("\n", " "))
      .to.contain(`the default ends at ${servers} servers, less what else`)
      .and.contain(`${perServer} resources for a server with two syncs`);
  });

  it("has a row for whatever comes with every server or sync, but for what belongs to a resource that has one", () => {
    const types = Object.keys(withTwo.resource).filter((type) => !text.includes(`\`${type}\``));
    expect(types).to.have.members([
      "aws_iam_role_policy",
      "aws_lambda_invocation",
      "aws_secretsmanager_secret_policy",
      "terraform_data",
    ]);
  });

  const repositories: [what: string, count: number, repository: (index: number) => LocalRepository][] = [
    ["25 buckets", 25, (index) => ({ BucketName: `company-data-lake-${index + 10}`, Prefix: PREFIX })],
    [
      "60 prefixes",
      60,
      (index) => ({ BucketName: "company-data-lake-10", Prefix: PREFIX.slice(0, -2) + (index + 10) }),
    ],
  ];
  for (const [what, number, repository] of repositories) {
    it(`is right that an engine's policy has room for ${what}, and wrong only by little`, async () => {
      expect(text).to.contain(what);
      const size = async (factor: number) => largest((await deployed(syncs(number * factor, repository))).own, POLICY);
      expect(await size(1)).to.be.within(MAX_INLINE_POLICY * 0.8, MAX_INLINE_POLICY);
      expect(await size(1.3)).to.be.above(MAX_INLINE_POLICY);
    });
  }

  it("finds no number of syncs whose folders make a policy too long that would have room without them", async () => {
    for (const number of [20, 40, 50, 55, 60]) {
      const own = (await deployed(syncs(number, () => ({ BucketName: "company-data-lake-10", Prefix: PREFIX })))).own;
      expect(largest(own, POLICY), `${number} syncs`).to.be.below(MAX_INLINE_POLICY);
    }
  });

  it("is right about the sizes that do not grow", async () => {
    const { own, shared } = await deployed(syncs(2, inOneBucket));
    expect(largest(own, ["aws_iam_role", "assume_role_policy"])).to.be.below(400);
    expect(largest(own, ["aws_sfn_state_machine", "definition"])).to.be.below(10_000);
    expect(largest(shared, ["aws_s3_bucket_policy", "policy"])).to.be.below(2500);
    for (const type of ["aws_kms_key", "aws_sns_topic_policy", "aws_sqs_queue_policy"]) {
      expect(largest(shared, [type, "policy"]), type).to.be.below(1000);
    }
  });
});

const POLICY = ["aws_iam_role_policy", "policy"] as const;

/** Characters of the longest such attribute, white space not counted. */
function largest(stack: DeployedStack, [type, attribute]: readonly [type: string, attribute: string]): number {
  const sizes = stack
    .all(type, { [attribute]: z.string() })
    .map(({ values }) => z.string().parse(values[attribute]).replace(/\s/g, "").length);
  return Math.max(...sizes);
}

/** With as many `targetAccounts` as there may be. */
function deployed(all: readonly SyncDefinition[]) {
  const targetAccounts = Array.from({ length: 20 }, (_, index) => String(111122223300 + index));
  const settings = testSettings({ targetAccounts });
  const stacks = synthInto(tempFolder(), { settings, definitions: [testServer("partner-a", { syncs: all })] });
  return DeployedStack.read(dirname(stacks), "partner-a");
}
