import { deployedTo } from "../../../../config/installation/installation";
import type { Environment } from "../../../../config/settings/environment-file";
import type { ServerDefinition } from "../../../../contract/model";

export interface ShownServers {
  /** By their names; without a definition where only the account has the server. */
  readonly shown: ReadonlyMap<string, ServerDefinition | undefined>;
  /** Names of those that are defined, and that the environment leaves out; none of them is deployed. */
  readonly leftOut: readonly string[];
}

/**
 * The servers whose status is worth showing: all that are deployed, and those that are defined and belong to the environment.
 * @param deployed names of servers.
 */
export function shownServers(
  deployed: readonly string[],
  definitions: readonly ServerDefinition[],
  environment: Environment | undefined,
): ShownServers {
  const own = new Set(deployedTo(environment, definitions).definitions.map(({ name }) => name));
  const defined = definitions.filter(({ name }) => own.has(name) || deployed.includes(name));
  return {
    shown: new Map([
      ...deployed.map((name) => [name, undefined] as const),
      ...defined.map((definition) => [definition.name, definition] as const),
    ]),
    leftOut: definitions.filter((definition) => !defined.includes(definition)).map(({ name }) => name),
  };
}
