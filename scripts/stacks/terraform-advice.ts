import { stripVTControlCharacters } from "node:util";
import type { Settings } from "../../config/settings/settings";
import { COMMAND } from "../commands/command-line";
import { SECTION } from "./secret-takeover";
import { SHARED } from "./stack-names";

type Cloud = NonNullable<Settings["terraformCloud"]>;

/** All of an error's parts have to occur. */
interface Advice<Context> {
  readonly parts: readonly string[];
  readonly advice: (context: Context) => string;
}

const NAME_IS_TAKEN =
  `A secret of this name is there already, or still in its recovery window. ${COMMAND} deploy, with credentials for AWS in your shell, ` +
  `says what can be done, and asks before it restores anything: ${SECTION}`;

/** Errors of Terraform and the provider that do not say what to do about them here. */
const ADVICE: readonly Advice<Settings["terraformCloud"]>[] = [
  {
    parts: ["data.terraform_remote_state.shared", "Unable to find remote state"],
    advice: () => `The shared stack is not deployed yet: ${COMMAND} deploy shared`,
  },
  { parts: ["creating Secrets Manager Secret", "scheduled for deletion"], advice: () => NAME_IS_TAKEN },
  { parts: ["creating Secrets Manager Secret", "already exists"], advice: () => NAME_IS_TAKEN },
];

/** Errors of Terraform Cloud's client that do not say what to do about them here. */
const ADVICE_ON_CLOUD: readonly Advice<Cloud>[] = [
  {
    // Not seen of the service itself: that a workspace whose state is not shared looks like none. The client creates one then.
    parts: ["data.terraform_remote_state.shared", "Error creating workspace"],
    advice: ({ workspacePrefix }) =>
      `The run of a server's workspace may not read the state of ${workspacePrefix}${SHARED}: share that with the ` +
      "workspaces of this project, in its general settings (docs/terraform-cloud.md, Once).",
  },
  { parts: ["Required token could not be found"], advice: ({ hostname }) => `Set a token: ${placeOfToken(hostname)}.` },
  {
    parts: ["Failed to read organization", "unauthorized"],
    advice: ({ hostname }) => `The token is not valid, or no longer: renew it by ${placeOfToken(hostname)}.`,
  },
];

/** @param printed by Terraform. @returns what to do; undefined where Terraform says it, or nothing is known of the error. */
export function terraformAdvice(printed: string, cloud: Settings["terraformCloud"]): string | undefined {
  // Terraform breaks its lines where the terminal ends, and draws a box around them.
  const text = stripVTControlCharacters(printed).replaceAll(/[\s\u2502]+/g, " ");
  const isKnown = ({ parts }: Pick<Advice<never>, "parts">) => parts.every((part) => text.includes(part));
  return ADVICE.find(isKnown)?.advice(cloud) ?? (cloud && ADVICE_ON_CLOUD.find(isKnown)?.advice(cloud));
}

/**
 * How Terraform is given a token for a host. In the variable's name dots are underscores and hyphens two of them; nothing
 * stands for the colon before a port.
 */
function placeOfToken(hostname = "app.terraform.io"): string {
  const variable = `TF_TOKEN_${hostname.replaceAll("-", "__").replaceAll(".", "_")}`;
  return hostname.includes(":")
    ? `terraform login ${hostname}, or a credentials block for ${hostname} in Terraform's CLI configuration file`
    : `terraform login ${hostname}, or the environment variable ${variable}`;
}
