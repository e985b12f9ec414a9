import { UserError } from "../../../../local/errors/user-error";
import { syncsOf } from "../access/deployed-syncs";
import { namedServer } from "../access/server-reference";
import { type AwsOptions, type AwsSession, openSession } from "../access/session";
import { ServerRuns } from "../runs/server-runs";
import type { PathEvidence } from "./evidence";
import { gather } from "./gather";
import { type Verdict, verdict } from "./verdict";

export interface ExplainOptions extends AwsOptions {
  /** Name of a server, or its definition's file. */
  readonly server: string;
  /** A file on the SFTP server, from its root; or a folder, with a slash at its end. */
  readonly path: string;
  /** Default: AWS, as the flags say. */
  readonly session?: AwsSession;
}

export interface Explanation {
  readonly server: string;
  readonly path: string;
  /** Those that take the path; where none does, all, with why not. */
  readonly syncs: readonly (PathEvidence & Verdict)[];
}

/** Why a file of a server is in S3 or not. @throws UserError, AwsFailure */
export async function explain(options: ExplainOptions): Promise<Explanation> {
  const path = remotePath(options.path);
  const session = options.session ?? (await openSession(options));
  const server = await namedServer(options.server, session.limits);
  const deployed = await syncsOf(session, server);
  const runs = await ServerRuns.open(session, server.name);
  try {
    const all: (PathEvidence & Verdict)[] = [];
    for (const sync of deployed) {
      const evidence = await gather(session, runs, sync, path);
      all.push({ ...evidence, ...verdict(server.name, path, evidence, session.flags) });
    }
    const taking = all.filter(({ place }) => place !== undefined);
    return { server: server.name, path, syncs: taking.length > 0 ? taking : all };
  } finally {
    runs.close();
  }
}

/** A path from the server's root, each slash once. @throws UserError */
export function remotePath(text: string): string {
  if (!text.startsWith("/")) {
    throw new UserError(`${JSON.stringify(text)} is no path from the server's root`, {
      next: "give the path as the SFTP server has it, such as /orders/2026/a.csv; that of a folder ends with a slash",
    });
  }
  return text.replaceAll(/\/{2,}/g, "/");
}
