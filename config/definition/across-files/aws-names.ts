import { RUN_FUNCTIONS } from "../../../contract/run-loop";
import { type Installation, serverNames } from "../../naming/aws-names";
import { error, type Problem } from "../../problems/problem";
import { type DefinitionFile, placeInFile } from "../definition-file";

/**
 * Long names are shortened for AWS, and end with eight digits of a hash: somebody who looks for it finds another server's name that
 * is shortened to the same, or that reads like it as it is. What is known by such a name would be of two servers.
 * @param installation absent where nothing is known of it.
 */
export function awsNamesDiffer(files: readonly DefinitionFile[], installation: Installation | undefined): Problem[] {
  if (installation === undefined) {
    return [];
  }
  const holders = new Map<string, DefinitionFile>();
  return files.flatMap((file): Problem[] => {
    const server = file.fields?.Name.value;
    if (server === undefined) {
      return [];
    }
    const names = namesOf(installation, server);
    const taken = names.find((name) => isOfAnother(holders.get(name), server));
    for (const name of names) {
      holders.set(name, holders.get(name) ?? file);
    }
    const holder = taken === undefined ? undefined : holders.get(taken);
    if (taken === undefined || holder === undefined) {
      return [];
    }
    const { line, column } = holder.locate(["Name"], "value");
    const finding = error(
      `gives AWS the name of the ${taken}, as does the server at ${holder.file}:${line}:${column}`,
      {
        allowed: "a shorter name, or one that begins otherwise",
      },
    );
    return [placeInFile({ path: ["Name"], part: "value", finding }, file)];
  });
}

/** Two files with one name are told as that. */
const isOfAnother = (holder: DefinitionFile | undefined, server: string): boolean =>
  holder !== undefined && holder.fields?.Name.value !== server;

/** Whether any name that AWS is given for a server is shortened, and may so be another one's. */
export const isShortened = (installation: Installation, server: string): boolean =>
  namesOf(installation, server).some((name) => !name.includes(server));

/** Those that may be shortened, each after what it is of. */
function namesOf(installation: Installation, server: string): string[] {
  const names = serverNames(installation, server);
  const { connectorAccessRole, engineRole, stateMachineRole, schedulerRole } = names;
  return [
    ...[connectorAccessRole, engineRole, stateMachineRole, schedulerRole].map((name) => `role ${name}`),
    ...RUN_FUNCTIONS.map((module) => `function ${names.lambdaFunction(module)}`),
    `state machine ${names.stateMachine}`,
    `schedule group ${names.scheduleGroup}`,
  ];
}
