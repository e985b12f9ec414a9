import { ENVIRONMENT_VARIABLE } from "../../config/installation/installation";
import { printable } from "../../contract/printable";
import { UserError } from "../../local/errors/user-error";

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

/**
 * Has this command work on the environment that was named, or else on that of the variable; says on which.
 * @throws UserError for an empty name, such as that of a shell's variable that is not set.
 */
export function useEnvironment(named: string | undefined): void {
  if (named === "") {
    throw new UserError("--env names no environment", {
      next: "name one, or leave the option out for cdktf.json alone",
    });
  }
  if (named !== undefined) {
    process.env[ENVIRONMENT_VARIABLE] = named;
  }
  const name = environmentName();
  if (name !== undefined) {
    console.error(`Environment: ${printable(name)}`);
  }
}
