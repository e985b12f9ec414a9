import { GetParametersByPathCommand, SSMClient } from "@aws-sdk/client-ssm";
import { didYouMean } from "../../../../config/problems/nearest-name";
import { type RunEvent, runEventSchema } from "../../../../contract/run-event";
import { jsonOrNothing } from "../../../../engine/stored-json";
import { UserError } from "../../../../local/errors/user-error";
import { nextStackCommand } from "./next-command";
import { type NamedServer, namedServer } from "./server-reference";
import type { AwsSession } from "./session";

/** A sync as it is deployed, by the event in its SSM parameter. */
export interface DeployedSync {
  readonly server: string;
  readonly sync: string;
  /** The parameter's value. */
  readonly json: string;
  /** Absent where somebody has put something else into the parameter. */
  readonly event: RunEvent | undefined;
}

/**
 * The syncs that are deployed, in the order of their names.
 * @param server only this one's.
 * @throws AwsFailure
 */
export async function deployedSyncs(session: AwsSession, server?: string): Promise<DeployedSync[]> {
  const { namePrefix } = session.installation;
  const path = server === undefined ? `/${namePrefix}/` : `/${namePrefix}/${server}/`;
  const client = new SSMClient(session.config);
  const found: DeployedSync[] = [];
  try {
    let token: string | undefined;
    do {
      const command = new GetParametersByPathCommand({ Path: path, Recursive: true, NextToken: token });
      const page = await session.ask(`ssm:GetParametersByPath ${path}`, () => client.send(command));
      for (const { Name = "", Value = "" } of page.Parameters ?? []) {
        const [owner, sync, ...more] = Name.slice(namePrefix.length + 2).split("/");
        if (owner && sync && more.length === 0) {
          found.push({ server: owner, sync, json: Value, event: eventOf(Value) });
        }
      }
      token = page.NextToken || undefined;
    } while (token !== undefined);
  } finally {
    client.destroy();
  }
  return found.sort((a, b) => compare(`${a.server}/${a.sync}`, `${b.server}/${b.sync}`));
}

/** The same of one server. @throws UserError where it has none. */
export async function syncsOf(session: AwsSession, server: NamedServer): Promise<DeployedSync[]> {
  const syncs = await deployedSyncs(session, server.name);
  if (syncs.length === 0) {
    throw await notDeployed(session, server);
  }
  return syncs;
}

/**
 * A server that is deployed.
 * @throws UserError where it is not, or has no such sync.
 */
export async function serverOf(
  session: AwsSession,
  { server, sync }: { readonly server: string; readonly sync?: string | undefined },
): Promise<NamedServer> {
  const named = await namedServer(server, session.limits);
  const syncs = await syncsOf(session, named);
  if (sync !== undefined) {
    syncNamed(syncs, sync);
  }
  return named;
}

/** @throws UserError naming those there are. */
export function syncNamed(syncs: readonly DeployedSync[], name: string): DeployedSync {
  const found = syncs.find(({ sync }) => sync === name);
  if (found === undefined) {
    const names = syncs.map(({ sync }) => sync);
    throw new UserError(
      `${syncs[0]?.server} has no deployed sync ${JSON.stringify(name)}${didYouMean(name, names)} (deployed: ${names.join(", ")})`,
      { next: `name one of these, or deploy: ${nextStackCommand("deploy", syncs[0]?.server ?? "NAME")}` },
    );
  }
  return found;
}

/** Says where it was looked for: most often the account or the Region is another one. */
export async function notDeployed(session: AwsSession, { name, nearest, definition }: NamedServer): Promise<UserError> {
  const { id } = await session.account();
  const undefinedHere = definition === undefined ? `, and no definition in servers/ has this name${nearest}` : "";
  return new UserError(
    `The server ${name} is not deployed to the account ${id} in ${session.config.region}${undefinedHere}`,
    { next: `${nextStackCommand("deploy", name)}, or name another account with --profile, or --region` },
  );
}

function eventOf(json: string): RunEvent | undefined {
  return runEventSchema.safeParse(jsonOrNothing(json)).data;
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
