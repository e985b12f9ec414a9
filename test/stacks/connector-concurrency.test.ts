import { expect } from "chai";
import * as z from "zod";
import { concurrencyEventSchema } from "../../contract/concurrency-event";
import type { ServerDefinition } from "../../contract/model";
import { HOST_KEY, ref, resource, type StackJson, synthStack, testServer, testSync } from "./support";

const CONNECTOR = "aws_transfer_connector.connector";
const OTHER_KEY = "ecdsa-sha2-nistp256 AAAAE2VjZHNh";

const synth = (changes: Partial<ServerDefinition> = {}): StackJson =>
  synthStack("server-partner-a", { definitions: [testServer("partner-a", changes)] });

const invocation = (changes?: Partial<ServerDefinition>) =>
  resource(synth(changes), "aws_lambda_invocation.connector_concurrency");

/** What makes Terraform replace the invocation, and thereby invoke: its own arguments, with those of the connector. */
function invokesOn(changes: Partial<ServerDefinition>): unknown {
  const stack = synth(changes);
  const { triggers, input, function_name } = resource(stack, "aws_lambda_invocation.connector_concurrency");
  const connector = resource(stack, CONNECTOR);
  const referred = Object.entries(z.record(z.string(), z.string()).parse(triggers)).map(([name, value]) => {
    expect(value).to.equal(ref(`${CONNECTOR}.${name}`));
    return [name, connector[name]];
  });
  return { triggers: Object.fromEntries(referred), input, function_name };
}

function inputOf({ input }: Record<string, unknown>) {
  return z.looseObject({}).parse(JSON.parse(z.string().parse(input)));
}

describe("the invocation that sets the connector's concurrency", () => {
  it("invokes the shared function by its name, with an event that the function takes", () => {
    const { function_name, ...rest } = invocation({ maxConcurrentConnections: 3 });
    expect(function_name).to.equal(
      ref("data.terraform_remote_state.shared.outputs.connector_concurrency_function_name"),
    );
    const event = inputOf(rest);
    expect(event).to.deep.equal({
      ConnectorId: ref(`${CONNECTOR}.connector_id`),
      MaxConcurrentConnections: 3,
      UserSecretId: ref("aws_secretsmanager_secret.credentials.arn"),
      TrustedHostKeys: [HOST_KEY],
    });
    const applied = { ...event, ConnectorId: "c-0123456789abcdef0" };
    expect(concurrencyEventSchema.parse(applied)).to.deep.equal(applied);
  });

  it("is for creating only, so that destroying a server never waits for the function", () => {
    expect(invocation()).to.include({ lifecycle_scope: "CREATE_ONLY" });
  });

  const changes: [string, Partial<ServerDefinition>][] = [
    ["the URL", { url: "other.example.com" }],
    ["the security policy", { securityPolicyName: "TransferSFTPConnectorSecurityPolicy-FIPS-2024-10" }],
    ["the host keys", { trustedHostKeys: [OTHER_KEY] }],
    ["the concurrency", { maxConcurrentConnections: 2 }],
  ];
  for (const [title, change] of changes) {
    it(`is repeated when ${title} changes`, () => {
      expect(invokesOn(change)).not.to.deep.equal(invokesOn({}));
    });
  }

  const others: [string, Partial<ServerDefinition>][] = [
    ["the description", { description: "new words" }],
    ["a sync", { syncs: [testSync("orders"), testSync("invoices")] }],
  ];
  for (const [title, change] of others) {
    it(`is not repeated when ${title} changes`, () => {
      expect(invokesOn(change)).to.deep.equal(invokesOn({}));
    });
  }

  it("is not repeated when host keys change places", () => {
    const keys = [HOST_KEY, OTHER_KEY];
    const turned = [OTHER_KEY, HOST_KEY];
    expect(invocation({ trustedHostKeys: keys }).input).to.equal(invocation({ trustedHostKeys: turned }).input);
  });

  it("looks at both roles, which have no say in the definition", () => {
    expect(invocation().triggers).to.include({
      access_role: ref(`${CONNECTOR}.access_role`),
      logging_role: ref(`${CONNECTOR}.logging_role`),
    });
  });

  it("is repeated too when Terraform repairs what was altered by hand, except for tags", () => {
    const meta = ["//", "depends_on", "tags"];
    const configuration = Object.keys(resource(synth(), CONNECTOR)).filter((argument) => !meta.includes(argument));
    expect(configuration).not.to.be.empty;
    expect(invocation().lifecycle)
      .to.have.property("replace_triggered_by")
      .with.members(configuration.map((argument) => `${CONNECTOR}.${argument}`));
  });
});
