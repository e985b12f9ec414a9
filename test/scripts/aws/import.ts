import { CreateConnectorCommand, type CreateConnectorRequest } from "@aws-sdk/client-transfer";
import { expect } from "chai";
import { readDefinition } from "../../../config/definition/definition-file";
import type * as Import from "../../../scripts/commands/lifecycle/import";
import type * as Draft from "../../../scripts/commands/lifecycle/import-draft";
import { errorOf } from "../../support/errors";
import { runCli } from "../cli-process";
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

    for (const [what, Url] of [
      ["a user and a password", "sftp://robot:s3cret-word@sftp.example.com"],
      ["a line break", "sftp://sftp.example.com\n::warning::forged"],
      ["a direction mark", "sftp://sftp.example\u202emoc.com"],
    ] as const) {
      it(`refuses the connector's Url with ${what}, without showing it`, async () => {
        const id = await connector({ Url });
        const shown: unknown[] = [];
        for (const attempt of [
          () => run(id, { found: (found) => shown.push(found) }),
          () =>
            project.load<typeof Draft>("scripts/commands/lifecycle/import-draft.ts").draftImport({
              name: "partner",
              connector: id,
              flags: {},
              session: world().session,
              found: (found) => shown.push(found),
            }),
        ]) {
          const { message } = await errorOf(attempt());
          expect(message).to.contain(`The Url of the connector ${id} is none that a definition takes: `);
          expect(message).not.to.match(/s3cret-word|robot|forged|\u202e/);
        }
        expect(shown).to.deep.equal([]);
        expect(project.files("servers")).to.deep.equal([]);
      });
    }

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

    describe("where nobody can be asked", () => {
      it("names every option that is missing, in the whole command to type, and writes nothing", async () => {
        const id = await connector({ SftpConfig: { UserSecretId: "by-hand" } });
        const flags = { folder: "/out going", include: ["*.csv", "*.txt"], recursive: false };
        const error = await errorOf(run(id, { prompts: undefined, flags, logGroup: true, profile: "ops" }));
        expect(error.message).to.match(
          /nothing was written\. Missing: --public-key KEY, --bucket BUCKET, --schedule SCHEDULE, --yes$/,
        );
        const command = `npx sftp-sync import partner ${id} --folder '/out going' --include '*.csv' --include '*.txt' --no-recursive --log-group --public-key KEY --bucket BUCKET --schedule SCHEDULE --yes --profile ops`;
        expect(error).to.have.property("next").that.includes(`${command}  (or with --draft`);
        expect(project.files("servers")).to.deep.equal([]);
      });

      it("goes on where nothing is missing", async () => {
        const { written } = await run(await connector(), { prompts: undefined, yes: true });
        expect(written).to.equal(true);
      });

      it("wants --yes alone for a definition that is there", async () => {
        project.define("partner", { Url: "sftp.example.com:2222" });
        const error = await errorOf(run(await connector(), { prompts: undefined, flags: {} }));
        expect(error.message).to.match(/Missing: --yes$/);
      });

      it("says so at the command line", async () => {
        const id = await connector();
        const { code, stdout, stderr } = await runCli(["import", "imported", id, "--bucket", "lake"], {
          AWS_ENDPOINT_URL: world().url,
          AWS_ACCESS_KEY_ID: "operator",
          AWS_SECRET_ACCESS_KEY: "emulated",
          SFTP_SYNC_AWS_REGION: "eu-central-1",
        });
        expect([code, stdout]).to.deep.equal([2, ""]);
        expect(stderr).to.include(
          `Next: npx sftp-sync import imported ${id} --bucket lake --folder FOLDER --schedule SCHEDULE --yes  (or`,
        );
      });
    });

    describe("--draft", () => {
      const draft = async (id: string, flags: Import.ImportOptions["flags"] = {}) => {
        const { draftImport } = project.load<typeof Draft>("scripts/commands/lifecycle/import-draft.ts");
        const session = world().session;
        return draftImport({ name: "partner", connector: id, flags, session, found: () => undefined });
      };

      it("has what the connector says, and marks what it does not know, so that validate refuses it", async () => {
        const { draft: text, file } = await draft(await connector());
        expect(text).to.include(`#\n# A draft`).and.include(file);
        for (const line of [
          "Url: sftp.example.com:2222",
          "SecurityPolicyName: TransferSFTPConnectorSecurityPolicy-2023-07",
          `  - ${HOST_KEY}`,
          "# TODO: When the syncs run: a tag, cron, rate, or on-demand. Required unless each sync has its own.",
          "Schedule: TODO",
          "# False keeps everything deployed and disables the schedules.",
          "Enabled: false",
          "      BucketName: TODO",
        ]) {
          expect(text.split("\n")).to.include(line);
        }
        const { problems } = readDefinition(file, text);
        expect(problems.map(({ path }) => path)).to.have.members([
          "Schedule",
          "SyncSettings[0].LocalRepository.BucketName",
          "SyncSettings[0].RemoteFolders.Folder",
        ]);
        expect(project.files("servers")).to.deep.equal([]);
      });

      it("is a definition that the same command takes over, once it is filled in", async () => {
        const id = await connector();
        const { draft: text, file } = await draft(id, { folder: "/out", exclude: ["**/*.tmp"] });
        const filled = text
          .replace("Schedule: TODO", 'Schedule: "@daily"')
          .replace("BucketName: TODO", "BucketName: lake");
        expect(readDefinition(file, filled).problems).to.deep.equal([]);
        project.write("servers/partner.yaml", filled);
        await run(id, { flags: {} });
        expect(project.read("servers/partner.yaml")).to.equal(filled);
        expect(takenOver()).to.deep.equal({ import: [{ to: "aws_transfer_connector.connector", id }] });
      });

      it("is not made with an option that will not do", async () => {
        expect((await errorOf(draft(await connector(), { bucket: "NO" }))).message).to.match(/^--bucket/);
      });
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
