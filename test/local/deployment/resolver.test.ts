// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Terraform.
import { expect } from "chai";
import { StackResolver } from "../../../local/deployment/resolver";
import type { TerraformStack } from "../../../local/deployment/terraform-json";

const account = { accountId: "000000000000", region: "eu-central-1" };

function resolver(parts: Partial<TerraformStack>, remoteStates: Record<string, StackResolver> = {}): StackResolver {
  const stack = { folder: "/out/stacks/test", resource: {}, data: {}, output: {}, ...parts };
  return new StackResolver({ stack, account, remoteStates });
}

describe("StackResolver", () => {
  it("resolves arguments and computed attributes, deeply and within texts", () => {
    const stack = resolver({
      resource: {
        aws_lambda_function: { list: { function_name: "sync-${aws_sns_topic.t.name}" } },
        aws_sns_topic: { t: { name: "topic" } },
      },
    });
    expect(stack.resolve({ a: ["x ${aws_lambda_function.list.arn} y", 1, null] })).to.deep.equal({
      a: ["x arn:aws:lambda:eu-central-1:000000000000:function:sync-topic y", 1, null],
    });
  });

  it("gives a lone reference with its own type", () => {
    const stack = resolver({ resource: { aws_lambda_function: { f: { timeout: 30, names: ["a", "b"] } } } });
    expect(stack.resolve("${aws_lambda_function.f.timeout}")).to.equal(30);
    expect(stack.resolve("${aws_lambda_function.f.names[1]}")).to.equal("b");
  });

  it("knows account, partition and Region", () => {
    const stack = resolver({
      data: { aws_caller_identity: { current: {} }, aws_partition: { current: {} }, aws_region: { current: {} } },
    });
    const text = "${data.aws_partition.current.partition}/${data.aws_caller_identity.current.account_id}";
    expect(stack.resolve(text)).to.equal("aws/000000000000");
    expect(stack.resolve("${data.aws_region.current.name}")).to.equal("eu-central-1");
  });

  it("reads another stack's outputs through its remote state", () => {
    const shared = resolver({
      resource: { aws_s3_bucket: { results: { bucket: "results" } } },
      output: { bucket_arn: { value: "${aws_s3_bucket.results.arn}" } },
    });
    const stack = resolver({}, { shared });
    expect(stack.resolve("${data.terraform_remote_state.shared.outputs.bucket_arn}")).to.equal("arn:aws:s3:::results");
    expect(() => stack.resolve("${data.terraform_remote_state.shared.outputs.other}")).to.throw("no output other");
    expect(() => stack.resolve("${data.terraform_remote_state.none.outputs.x}")).to.throw("no such remote state");
  });

  it("gives a connector an id of the service's form, its own and always the same", () => {
    const id = (role: string) =>
      resolver({ resource: { aws_transfer_connector: { c: { access_role: role, url: "sftp://h" } } } }).attribute(
        "aws_transfer_connector",
        "c",
        "connector_id",
      );
    expect(id("role-a")).to.match(/^c-[0-9a-f]{17}$/);
    expect(id("role-a")).to.equal(id("role-a"));
    expect(id("role-a")).not.to.equal(id("role-b"));
  });

  it("keeps what is escaped for Terraform", () => {
    expect(resolver({}).resolve("/a/$${b}/%%{c}")).to.equal("/a/${b}/%{c}");
  });

  const gaps: [what: string, expression: string, message: string][] = [
    ["a resource that is not there", "${aws_sns_topic.none.arn}", "aws_sns_topic.none.arn: no such resource"],
    ["an attribute that nobody knows", "${aws_sns_topic.t.owner}", "aws_sns_topic.t.owner: neither an argument nor"],
    ["a function", "${jsonencode(1)}", "jsonencode(1): only references are understood here"],
  ];
  for (const [what, expression, message] of gaps) {
    it(`names ${what}`, () => {
      const stack = resolver({ resource: { aws_sns_topic: { t: { name: "t" } } } });
      expect(() => stack.resolve(expression)).to.throw(message);
    });
  }
});
