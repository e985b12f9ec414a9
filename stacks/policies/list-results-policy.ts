import { PART_TAG, SERVER_TAG } from "../../config/naming/tags";
import { LEDGER_PREFIX, LOCKS_PREFIX, RUNS_PREFIX } from "../../contract/layout";
import { denyInsecureTransport, type PolicyStatement } from "./policy-document";

/**
 * What leaves objects as they are. All else is denied, and not a list of what changes them: S3 gets new such actions, and may
 * refuse a policy that names one before its Region knows it.
 */
const READS = ["s3:Get*", "s3:List*"] as const;

const KEPT_BY_ENGINES = [LEDGER_PREFIX, LOCKS_PREFIX];

/**
 * The policy of the list-results bucket: who may never write what, whatever their own policies say. It names no server, so
 * that it is as long for one as for a thousand, and no server's stack depends on it.
 *
 * What it goes by are tags of the roles. A role that has none yet, since its stack was last applied by an earlier version, is
 * held to its name alone, and goes on with its work until its own stack is applied. No administrator is kept from changing the policy; of
 * roles with a tag, none does.
 * @param roles ARN pattern of the installation's roles.
 */
export function listResultsPolicy(bucketArn: string, roles: string): PolicyStatement[] {
  const objects = (prefixes: readonly string[], below = "*") =>
    prefixes.map((prefix) => `${bucketArn}/${prefix}${below}`);
  const ownPart = `\${aws:PrincipalTag/${SERVER_TAG}}/*`;
  const everything = [...KEPT_BY_ENGINES, RUNS_PREFIX];
  const denied = { effect: "Deny", principal: "*", allActionsBut: READS } as const;
  return [
    denyInsecureTransport(["s3:*"], [bucketArn, `${bucketArn}/*`]),
    {
      ...denied,
      sid: "OnlyRolesOfTheInstallationWrite",
      resources: objects(everything),
      conditions: { ArnNotLike: { "aws:PrincipalArn": roles } },
    },
    {
      ...denied,
      sid: "EachServerWritesItsOwnPart",
      allResourcesBut: objects(everything, ownPart),
      conditions: { Null: { [`aws:PrincipalTag/${SERVER_TAG}`]: "false" } },
    },
    {
      ...denied,
      sid: "OnlyEnginesKeepLedgersAndLocks",
      resources: objects(KEPT_BY_ENGINES),
      conditions: {
        Null: { [`aws:PrincipalTag/${PART_TAG}`]: "false" },
        StringNotEquals: { [`aws:PrincipalTag/${PART_TAG}`]: "engine" },
      },
    },
  ];
}
