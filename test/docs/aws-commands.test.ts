import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import * as z from "zod";
import { COMMENT, PAGES, pageText } from "../support/fences";

/** The models of botocore, which the AWS CLI is made of and which moto brings along. */
const MODELS = modelsFolder();
const OBSTACLE = MODELS === undefined ? " (skipped: python3 has no botocore)" : "";

/** What the command has for every operation (AWS CLI user guide, "Command line options" and "Pagination"). */
const OF_EVERY_OPERATION: readonly string[] = ["max-items", "output", "profile", "query", "region"];

/** The command's own, beside the operations of the service. */
const NO_OPERATIONS: readonly string[] = ["s3 ls"];

const shapeSchema = z.looseObject({ members: z.record(z.string(), z.unknown()).optional() });
const modelSchema = z.object({
  operations: z.record(z.string(), z.looseObject({ input: z.object({ shape: z.string() }).optional() })),
  shapes: z.record(z.string(), shapeSchema),
});

interface AwsCommand {
  readonly page: string;
  readonly service: string;
  readonly operation: string;
  readonly options: readonly string[];
}

function modelsFolder(): string | undefined {
  try {
    const script = "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))";
    return execFileSync("python3", ["-c", script], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/** All commands of a page; those within others are commands too. */
function awsCommands(page: string): AwsCommand[] {
  const commands: AwsCommand[] = [];
  let text = pageText(page).replaceAll("\\\n", " ").replaceAll(COMMENT, "");
  const take = (part: string) => {
    for (const [, service = "", operation = "", rest = ""] of part.matchAll(
      /\baws ([a-z0-9]+) ([a-z0-9-]+)([^`\n|]*)/g,
    )) {
      const options = [...rest.matchAll(/(?<=\s)--([a-z-]+)/g)].map(([, option = ""]) => option);
      commands.push({ page, service, operation, options });
    }
    return "VALUE";
  };
  for (let inner = ""; inner !== text; ) {
    inner = text;
    text = inner.replaceAll(/\$\(([^()]*)\)/g, (_, part: string) => take(part));
  }
  take(text);
  return commands;
}

/** As the command spells names of the API. */
function dashed(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-").toLowerCase();
}

/** The options of an operation; `undefined` where there is no such operation. */
function optionsOf({ service, operation }: AwsCommand): readonly string[] | undefined {
  const folder = join(MODELS ?? "", service === "s3api" ? "s3" : service);
  if (!existsSync(folder)) {
    return undefined;
  }
  const version = readdirSync(folder).sort().at(-1) ?? "";
  const file = readdirSync(join(folder, version)).find((name) => /^service-2\.json(\.gz)?$/.test(name)) ?? "";
  const bytes = readFileSync(join(folder, version, file));
  const { operations, shapes } = modelSchema.parse(
    JSON.parse(String(file.endsWith(".gz") ? gunzipSync(bytes) : bytes)),
  );
  const name = Object.keys(operations).find((candidate) => dashed(candidate) === operation);
  if (name === undefined) {
    return undefined;
  }
  return Object.keys(shapes[operations[name]?.input?.shape ?? ""]?.members ?? {}).map(dashed);
}

/** What of a command is not known. */
function unknown(command: AwsCommand): string[] {
  const called = `${command.service} ${command.operation}`;
  const options = optionsOf(command);
  if (options === undefined) {
    return [called];
  }
  return command.options
    .filter((option) => !options.includes(option) && !OF_EVERY_OPERATION.includes(option))
    .map((option) => `${called} --${option}`);
}

(MODELS === undefined ? describe.skip : describe)(`aws commands of the documents${OBSTACLE}`, () => {
  const commands = PAGES.flatMap(awsCommands).filter(
    ({ service, operation }) => !NO_OPERATIONS.includes(`${service} ${operation}`),
  );

  it("are found, also within others", () => {
    expect(commands).to.have.lengthOf.above(5);
    expect(commands).to.deep.include({
      page: "docs/operations.md",
      service: "logs",
      operation: "describe-log-streams",
      options: ["log-group-name", "max-items", "query"],
    });
  });

  it("name operations and options that there are", () => {
    expect(commands.flatMap((command) => unknown(command).map((what) => `${command.page}: ${what}`))).to.deep.equal([]);
  });

  for (const [service, operation, option] of [
    ["secretsmanager", "put-secret", "secret-id"],
    ["secretmanager", "put-secret-value", "secret-id"],
    ["secretsmanager", "put-secret-value", "id"],
  ] as const) {
    it(`would not, if one were aws ${service} ${operation} --${option}`, () => {
      expect(unknown({ page: "", service, operation, options: [option] })).to.have.lengthOf(1);
    });
  }
});
