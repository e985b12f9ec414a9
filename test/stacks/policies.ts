import * as z from "zod";
import { policySchema, type Statement } from "../least-privilege/policy";
import { embeddedJson, type StackJson, synthStack, testServer, testSync } from "./support";

/** A statement, and the resource in whose attributes it stands. */
export type Placed = Statement & { readonly address: string };

/** Every policy of a stack, in whichever attribute of whichever resource it stands. */
function statementsOf(stack: StackJson): Placed[] {
  return Object.entries(stack.resource).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, attributes]) =>
      textsIn(attributes)
        .filter((text) => text.includes('"Statement"'))
        .flatMap((text) => embeddedJson(policySchema, text).Statement)
        .map((statement) => ({ ...statement, address: `${type}.${name}` })),
    ),
  );
}

const containerSchema = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]);

/** All texts within a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  const container = containerSchema.safeParse(value);
  return container.success ? Object.values(container.data).flatMap(textsIn) : [];
}

const definitions = [
  testServer("partner-a", {
    formerName: "partner-z",
    syncs: [
      testSync("orders", { LocalRepository: { BucketName: "lake", Prefix: "in/orders" } }),
      testSync("all", {
        LocalRepository: {
          BucketName: "archive",
          Prefix: "",
          KmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/a",
        },
        RemoteFolders: { Folder: "/", Recursive: true, Include: [], Exclude: [], MaxDepth: 100 },
      }),
      testSync("odd", { LocalRepository: { BucketName: "lake", Prefix: "a*b" } }),
    ],
  }),
];

/** The stacks whose policies are looked at: one server, with a prefix, without one, and with an odd one. */
export const SHARED = synthStack("shared", {});
export const SERVER = synthStack("server-partner-a", { definitions });

/** All statements of the two. */
export const STATEMENTS: readonly Placed[] = [SHARED, SERVER].flatMap(statementsOf);
export const ALLOWED = STATEMENTS.filter(({ Effect }) => Effect === "Allow");

/** @throws Error where the resource has not just one such statement. */
export function statement(address: string, sid: string): Placed {
  const [found, ...more] = STATEMENTS.filter((one) => one.address === address && one.Sid === sid);
  if (found === undefined || more.length > 0) {
    throw new Error(`${address} does not have one statement ${sid}`);
  }
  return found;
}
