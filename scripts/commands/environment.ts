import { ENVIRONMENT_VARIABLE } from "../../config/installation/installation";
import { printable } from "../../contract/printable";

/** The option of every command that reads settings. */
export const ENVIRONMENT_OPTION = [
  "--env <name>",
  `work on environments/NAME.json (or set ${ENVIRONMENT_VARIABLE})`,
] as const;

/** The environment that this command and all that it starts work on; undefined for cdktf.json alone. */
export function environmentName(): string | undefined {
  const name = process.env[ENVIRONMENT_VARIABLE] ?? "";
  return name === "" ? undefined : name;
}

/** Has this command work on the environment that was named, or else on that of the variable; says on which. */
export function useEnvironment(named: string | undefined): void {
  if (named !== undefined) {
    process.env[ENVIRONMENT_VARIABLE] = named;
  }
  const name = environmentName();
  if (name !== undefined) {
    console.error(`Environment: ${printable(name)}`);
  }
}
