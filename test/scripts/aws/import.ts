import { CreateConnectorCommand, type CreateConnectorRequest } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import type * as Import from "../../../scripts/commands/lifecycle/import";
import { errorOf } from "../../support/errors";
import { LifecycleProject } from "../lifecycle/project";
import { type CommandWorld, HOST_KEY } from "./world";

const SYNC = { folder: "/out", bucket: "lake", schedule: "@daily" };

export function describeImport(world: () => CommandWorld): void {
  describe("import", () => {
    let project: LifecycleProject;
    let module: typeof Import;

    before(() => {
      project = new LifecycleProject();
      module = project.load("scripts/commands/lifecycle/import.ts");
    });

    beforeEach(() => project.clean());

    /** As somebody has made it by hand. @returns its id. */
    const connector = async (changes: Partial<CreateConnectorRequest> = {}) => {
      const { ConnectorId = "" } = await world().clients.transfer.send(
        new CreateConnectorCommand({
          Url: "sftp://sftp.example.com:2222",
          AccessRole: "arn:aws:iam::123456789012:role/by-hand",
          SecurityPolicyName: "TransferSFTPConnectorSecurityPolicy-2023-07",
          SftpConfig: {
            UserSecretId: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:by-hand",
            TrustedHostKeys: [`${HOST_KEY} of the owner`],
            MaxConcurrentConnections: 2,
          },
          ...changes,
        }),
      );
      return ConnectorId;
    };

    const run = (id: string, options: Partial<Import.ImportOptions> = {}) =>
      module.importConnector({
        name: "partner",
        connector: id,
        flags: SYNC,
        session: world().session,
        prompts: () => {
          throw new Error("nobody is there");
        },
        signal: new AbortController().signal,
        found: () => undefined,
        approve: async () => true,
        ...options,
      });

    const takenOver = () => JSON.parse(project.read("cdktf.out/stacks/server-partner/taken-over-connector.tf.json"));

    it("makes a definition of what the connector says, and has the deployment take it over", async () => {
      const id = await connector();
      const { written, steps } = await run(id, { logGroup: true });
      expect(written).to.equal(true);
      const text = project.read("servers/partner.yaml");
      for (const line of [
        "Name: partner",
        "Url: sftp.example.com:2222",
        "SecurityPolicyName: TransferSFTPConnectorSecurityPolicy-2023-07",
        `  - ${HOST_KEY}`,
        'Schedule: "@daily"',
        "Enabled: false",
        "MaxConcurrentConnections: 2",
        "      BucketName: lake",
        "      Folder: /out",
      ]) {
        expect(text.split("\n")).to.include(line);
      }
      expect(takenOver()).to.deep.equal({
        import: [
          { to: "aws_transfer_connector.connector", id },
          { to: "aws_cloudwatch_log_group.connector", id: `/aws/transfer/${id}` },
        ],
      });
      expect(steps.flatMap(({ commands }) => commands)).to.include.members([
        "npx sftp-sync deploy partner",
        "npx sftp-sync credentials partner",
        "npx sftp-sync edit partner --unset Enabled --yes",
      ]);
    });

    it("says what a definition cannot", async () => {
      const Tags = [
        { Key: "aws:cloudformation:stack-name", Value: "by-cdk" },
        { Key: "CostCenter", Value: "42" },
      ];
      const found = await run(await connector({ Tags, LoggingRole: "arn:aws:iam::123456789012:role/logging" }), {
        dryRun: true,
      });
      const warnings = found.connector.warnings.join("\n");
      expect(warnings).to.contain("CloudFormation stack by-cdk").and.to.contain("Its tags go: CostCenter");
      expect(warnings).to.contain("role/by-hand, arn:aws:iam::123456789012:role/logging");
      expect(warnings).to.contain("The one with the credentials stays: arn:aws:secretsmanager");
      expect(found.written).to.equal(false);
      expect(project.files("servers")).to.deep.equal([]);
    });

    it("writes nothing where nobody agrees", async () => {
      await run(await connector(), { approve: async () => false });
      expect(project.files("servers")).to.deep.equal([]);
    });

    it("leaves a definition as it is that is there, and has its stack take the connector over", async () => {
      project.define("partner", { Url: "sftp.example.com:2222" });
      const before = project.read("servers/partner.yaml");
      const id = await connector();
      await run(id, { flags: {} });
      expect(project.read("servers/partner.yaml")).to.equal(before);
      expect(takenOver()).to.deep.equal({ import: [{ to: "aws_transfer_connector.connector", id }] });
    });

    const refused: readonly [
      what: string,
      prepare: () => Promise<string>,
      options: Partial<Import.ImportOptions>,
      message: RegExp,
    ][] = [
      ["an id that is none", async () => "c-1", {}, /"c-1" is no connector's id \(allowed: c- and 17/],
      [
        "a connector that is not there",
        async () => "c-00000000000000000",
        {},
        /no connector c-0+ in the account 123456789012/,
      ],
      [
        "a connector for AS2",
        () => connector({ SftpConfig: undefined, As2Config: { LocalProfileId: "p-00000000000000000" } }),
        {},
        /speaks AS2/,
      ],
      [
        "one without a host key",
        () => connector({ SftpConfig: { UserSecretId: "by-hand" } }),
        {},
        /trusts no host key that a definition takes/,
      ],
      ["a bucket that is none", () => connector(), { flags: { ...SYNC, bucket: "NO" } }, /^--bucket/],
      [
        "the connector of another server than the definition's",
        async () => {
          project.define("partner");
          return connector();
        },
        {},
        /is for sftp\.example\.com:2222, and .*partner\.yaml says Url: sftp\.example\.com$/,
      ],
      [
        "a name whose file is there, and is none",
        async () => {
          project.write("servers/partner.yaml", "Name: :");
          return connector();
        },
        {},
        /partner\.yaml is there already/,
      ],
      [
        "a name whose stack has a connector",
        async () => {
          project.deploy("partner");
          return connector();
        },
        {},
        /has a connector already, by its state terraform\.server-partner\.tfstate/,
      ],
    ];
    for (const [what, prepare, options, message] of refused) {
      it(`refuses ${what}`, async () => {
        const id = await prepare();
        const before = project.files("servers");
        const error = await errorOf(run(id, options));
        expect(error.message).to.match(message);
        expect(error.name).to.equal("UserError");
        expect(project.files("servers")).to.deep.equal(before);
      });
    }
  });
}
