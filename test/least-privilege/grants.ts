import type { Call } from "./calls";
import type { DeployedAccess, DeployedRole } from "./deployed-access";
import { applies, type Condition, type Statement } from "./policy";

/** The least part of a statement that can be used or not: one action on one resource, and below one prefix of it. */
export interface Grant {
  /** The role's name in state. */
  readonly role: string;
  readonly sid: string;
  readonly action: string;
  /** As somebody who reads a failed test finds it again. */
  readonly text: string;
  readonly statement: Statement;
}

export function grantsOf({ name: role, statements }: DeployedRole): Grant[] {
  const allowing = statements.filter(({ Effect }) => Effect === "Allow");
  return allowing.flatMap((statement) =>
    statement.Action.flatMap((action) =>
      (statement.Resource ?? []).flatMap((resource) =>
        conditionsOf(statement).map((Condition): Grant => {
          const below = Condition?.StringLike?.["s3:prefix"]?.map((prefix) => ` below ${prefix}`).join() ?? "";
          const text = `${role} ${statement.Sid}: ${action} on ${resource}${below}`;
          return {
            role,
            sid: statement.Sid,
            action,
            text,
            statement: { ...statement, Action: [action], Resource: [resource], Condition },
          };
        }),
      ),
    ),
  );
}

/** A list of prefixes is one condition for each, which only a request that names a prefix uses. Others are met as they stand. */
function conditionsOf({ Sid, Condition }: Statement): (Condition | undefined)[] {
  const prefixes = Condition?.StringLikeIfExists?.["s3:prefix"];
  if (prefixes === undefined) {
    return [Condition];
  }
  if (Object.keys(Condition ?? {}).length > 1) {
    throw new Error(`How the conditions of ${Sid} are used is not known here`);
  }
  return prefixes.map((prefix) => ({ StringLike: { "s3:prefix": [prefix] } }));
}

/** The role under which a call is made. */
export function roleOf({ actors, roles }: DeployedAccess, { actor: name }: Pick<Call, "actor">): DeployedRole {
  const actor = actors.find((one) => one.name === name);
  const role = roles.find(({ arn }) => arn === actor?.roleArn);
  if (role === undefined) {
    throw new Error(`${name} acts under no role of these stacks`);
  }
  return role;
}

/** The grants that none of the calls uses. */
export function unusedGrants(access: DeployedAccess, calls: readonly Call[]): Grant[] {
  return access.roles.flatMap((role) => {
    const ofRole = calls.filter((call) => roleOf(access, call) === role);
    return grantsOf(role).filter(({ statement }) => !ofRole.some((call) => applies(statement, call)));
  });
}
