import { DEFAULT_SECURITY_POLICY } from "../../../config/fields/security-policy";
import { loadDefinitions } from "../../../config/load-definitions";
import type { Problem } from "../../../config/problems/problem";
import type { ServerDefinition } from "../../../contract/model";
import { UserError } from "../../../local/errors/user-error";
import { connectorLogGroup, SHARED_STACK_ID, serverStackId } from "../../../stacks/naming/names";
import { stateFileName } from "../../../stacks/naming/state-places";
import { takeOverConnector } from "../../stacks/taken-over-connector";
import type { Prompts } from "../../terminal/prompts";
import { nextCommand, nextStackCommand } from "../aws/access/next-command";
import { type AwsOptions, type AwsSession, openSession } from "../aws/access/session";
import { COMMAND, shellWords } from "../command-line";
import { definitionsFolder } from "../definition-file";
import { type Change, changedText } from "../definition-text/change";
import { expectValidChange, writeNewFile } from "../definitions/definition-store";
import { type NewFlags, prepareDefinition } from "../definitions/new";
import { placeOfNew } from "../definitions/new-definition";
import { loadSettings } from "../settings";
import { type ExistingConnector, existingConnector } from "./existing-connector";
import { expectNoQuestion } from "./import-questions";
import { resourcesIn } from "./local-state";
import type { Step } from "./step";

export interface ImportOptions extends AwsOptions {
  /** Of the definition to write. */
  readonly name: string;
  /** The connector's id. */
  readonly connector: string;
  /** What of the syncs is not asked for. */
  readonly flags: Omit<NewFlags, "name" | "url" | "acceptHostKey">;
  /** Whether the connector's log group is there, and is taken over too. */
  readonly logGroup?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
  /** Called for the first question; absent where nobody can be asked. */
  readonly prompts?: (() => Prompts) | undefined;
  /** Whether the file is written without a question. */
  readonly yes?: boolean | undefined;
  readonly signal: AbortSignal;
  /** Told what was found, before anything is asked. */
  found(connector: ExistingConnector): void;
  /**
   * @param text undefined where the file is there, and is not changed.
   * @returns whether the connector is to be taken over, and the file to be written.
   */
  approve(file: string, text: string | undefined): Promise<boolean>;
}

export interface Imported {
  readonly server: string;
  readonly file: string;
  /** Whether there was no such definition. */
  readonly isNew: boolean;
  /** The new definition's. */
  readonly text: string | undefined;
  readonly connector: ExistingConnector;
  /** What is odd in the definition. */
  readonly problems: readonly Problem[];
  readonly steps: readonly Step[];
  readonly written: boolean;
}

/** Connections where a definition says nothing. */
const USUAL_CONNECTIONS = 5;

/**
 * Writes a definition for a connector that is there, and has the next deployment take it over. AWS is only asked.
 * @throws UserError where the connector or the definition will not do; nothing is written then. @throws AwsFailure, Interrupted
 */
export async function importConnector(options: ImportOptions): Promise<Imported> {
  const { logGroup = false, dryRun = false } = options;
  const defined = await definitionOf(options.name);
  const { name, file } = defined ?? placeOfNew(options.name);
  await expectNoConnector(name);
  const session = options.session ?? (await openSession(options));
  const connector = await existingConnector(session, options.connector, name);
  options.found(connector);
  if (options.prompts === undefined) {
    expectNoQuestion(options, connector, defined === undefined);
  }
  const { text, problems } =
    defined === undefined ? await newText(options, { name, file }, connector) : expectSameServer(defined, connector);
  const steps = stepsOf(name, options, connector);
  const result = { server: name, file, isNew: defined === undefined, connector, problems, steps };
  if (dryRun || !(await options.approve(file, text))) {
    return { ...result, text, written: false };
  }
  if (text !== undefined) {
    await writeNewFile(file, text);
  }
  await takeOverConnector(serverStackId(name), connector.id, logGroup);
  return { ...result, text, written: true };
}

interface Defined {
  readonly name: string;
  readonly file: string;
  readonly definition: ServerDefinition;
}

/** A server that has its definition already, as from migrate: that is not changed. */
async function definitionOf(name: string): Promise<Defined | undefined> {
  const { definitions, files } = await loadDefinitions(definitionsFolder(), await loadSettings());
  const definition = definitions.find((one) => one.name === name);
  const file = files.get(name);
  return definition === undefined || file === undefined ? undefined : { name, file, definition };
}

/** @throws UserError for the connector of another server. */
function expectSameServer({ file, definition }: Defined, { id, url }: ExistingConnector) {
  if (url !== definition.url) {
    throw new UserError(`The connector ${id} is for ${url}, and ${file} says Url: ${definition.url}`, {
      next: "name the connector of that server, or correct its definition",
    });
  }
  return { text: undefined, problems: [] };
}

async function newText(
  { flags, prompts = nobody, signal }: ImportOptions,
  { name, file }: Pick<Defined, "name" | "file">,
  connector: ExistingConnector,
) {
  const publicKey = [...connector.hostKeys, ...(flags.publicKey ?? [])];
  if (publicKey.length === 0) {
    throw new UserError(`The connector ${connector.id} trusts no host key that a definition takes`, {
      next: "the same command with --public-key, once the server's owner has told you the key",
    });
  }
  const given = { ...flags, name, url: connector.url, publicKey };
  const changes = Object.entries(fieldsOf(connector)).map(
    ([field, value]): Change => ({ kind: "set", path: [field], value }),
  );
  const prepared = await prepareDefinition({ flags: given, prompts, signal, env: {} });
  const text = changedText(file, prepared.text, changes);
  return { text, problems: await expectValidChange(file, text, "run the command again with other values") };
}

function nobody(): never {
  throw new Error("A question is left, and nobody can be asked");
}

/** What the deployment would do with two of them, nobody wants. */
export async function expectNoConnector(name: string): Promise<void> {
  const settings = await loadSettings();
  const isInFile = settings.terraformCloud === undefined && settings.s3Backend === undefined;
  const file = stateFileName(serverStackId(name), settings);
  const resources = (isInFile ? await resourcesIn(file) : undefined) ?? [];
  if (resources.some(({ type }) => type === "aws_transfer_connector")) {
    throw new UserError(`The stack of ${name} has a connector already, by its state ${file}`, {
      next: `choose another name, or ${nextCommand(["remove", name])}`,
    });
  }
}

/** What the questions for a new definition leave out. Nothing runs before the credentials are in the new secret. */
export function fieldsOf({ securityPolicyName: policy, maxConcurrentConnections: connections }: ExistingConnector) {
  return {
    ...(policy === undefined || policy === DEFAULT_SECURITY_POLICY ? {} : { SecurityPolicyName: policy }),
    ...(connections === USUAL_CONNECTIONS ? {} : { MaxConcurrentConnections: connections }),
    Enabled: false,
  };
}

function stepsOf(name: string, { logGroup = false, dryRun = false }: ImportOptions, { id }: ExistingConnector): Step[] {
  const deploy = nextStackCommand("deploy", name);
  const group = connectorLogGroup(id);
  return [
    {
      id: "definition",
      status: dryRun ? "here" : "done",
      what: "Write the definition with Enabled: false, unless it is there, and have the next deployment from this machine take the connector over.",
      commands: [],
    },
    ...(logGroup
      ? []
      : [
          {
            id: "log-group",
            status: "check",
            what: `The connector has no log group yet. If it has, --log-group takes it over: without, the deployment fails there.`,
            commands: [
              `aws logs describe-log-groups --log-group-name-prefix ${group} --query 'logGroups[].logGroupName'`,
            ],
          } as const,
        ]),
    {
      id: "shared",
      status: "check",
      what: "The shared stack is deployed.",
      commands: [nextCommand(["deploy", SHARED_STACK_ID])],
    },
    {
      id: "deploy",
      status: "later",
      what:
        "Deploy the server. The plan says what it takes over, and changes the connector in place. Who else uses the connector cannot log " +
        "in from then on, until the credentials are there.",
      commands: [deploy],
    },
    {
      id: "credentials",
      status: "later",
      what: "Put the credentials into the new secret, and have the connector log in.",
      commands: [nextCommand(["credentials", name]), nextCommand(["test", name])],
    },
    {
      id: "enable",
      status: "later",
      what: "Switch the schedules on.",
      commands: [`${COMMAND} ${shellWords(["edit", name, "--unset", "Enabled", "--yes"])}`, deploy],
    },
  ];
}
