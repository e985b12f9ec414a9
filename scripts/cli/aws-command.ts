import { type Command, InvalidArgumentError } from "commander";
import { settingsSchema } from "../../config/settings/settings-schema";
import { parseSpan } from "../commands/aws/times";
import { addCommand, type CommandProps } from "./add-command";

const CREDENTIALS =
  "AWS credentials are those of the SDK's chain: the environment, the configuration files, SSO, or a role. The Region is that of cdktf.json.";

/** A command without a group is listed with those on AWS. */
type AwsCommandProps = Omit<CommandProps, "group"> & Partial<Pick<CommandProps, "group">>;

/** Adds a command that works against AWS, with the flags that all of these have. */
export function addAwsCommand(program: Command, name: string, props: AwsCommandProps): Command {
  const details = props.details === undefined ? CREDENTIALS : `${props.details}\n\n${CREDENTIALS}`;
  const command = addCommand(program, name, { group: "aws", ...props, details });
  return addAwsOptions(command).option("--json", "print the result as one JSON document");
}

/** Adds the flags by which a command finds the installation on AWS. */
export function addAwsOptions(command: Command): Command {
  return command
    .option("--profile <name>", "the profile of the AWS configuration files to use", given)
    .option("--region <region>", "the Region that the installation is in, if not that of cdktf.json", region);
}

/** Flags that every such command has. */
export interface AwsFlags {
  readonly profile?: string;
  readonly region?: string;
  readonly json?: boolean;
}

function given(text: string): string {
  if (text === "") {
    throw new InvalidArgumentError("Allowed: a profile's name; aws configure list-profiles shows them.");
  }
  return text;
}

function region(text: string): string {
  if (!settingsSchema.shape.region.safeParse(text).success) {
    throw new InvalidArgumentError("Allowed: a Region's name, such as eu-central-1.");
  }
  return text;
}

/** A span before now, as UTC seconds. */
export function ago(text: string): number {
  const seconds = parseSpan(text);
  const since = Math.floor(Date.now() / 1000) - (seconds ?? 0);
  if (seconds === undefined || since < 0) {
    throw new InvalidArgumentError("Allowed: how long ago, such as 90m, 12h, 2d or 1w.");
  }
  return since;
}

/** A number of lines. */
export function limit(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 100) {
    throw new InvalidArgumentError("Allowed: 1 to 100.");
  }
  return value;
}
