import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import * as z from "zod";
import { freePort } from "../../bench/servers/free-port";
import { type StackJson, synthStack, testServer, testSettings } from "../stacks/support";
import { errorOf } from "../support/errors";
import { tempFolder } from "../support/temp-folder";
import { type Terraform, terraformIn, terraformObstacle, unwrapped } from "../support/terraform";
import { clientsOf } from "./world/clients";
import { type Moto, motoObstacle, startMoto } from "./world/moto";

const obstacle = terraformObstacle() ?? motoObstacle();

const BUCKET = "acme-terraform";

/** The bucket's name in the path, since it cannot come before an address. */
const OF_MOTO = { use_path_style: true };

const backendSchema = z.object({ s3: z.looseObject({}) });

const stateSchema = z.looseObject({ config: z.looseObject({}) });

/** What the stacks say of their states, with real Terraform and moto's S3; what they deploy is left out. */
(obstacle === undefined ? describe : describe.skip)(
  `states in an S3 bucket${obstacle ? ` (skipped: ${obstacle})` : ""}`,
  function () {
    this.timeout(120_000);

    const dir = tempFolder();
    const settings = testSettings({ s3Backend: { bucket: BUCKET } });
    let moto: Moto;
    let terraform: Terraform;
    let s3: S3Client;

    before(async () => {
      const port = await freePort();
      moto = await startMoto({ port, endpointPort: port, logFile: join(dir, "moto.log") });
      const endpoint = `http://127.0.0.1:${port}`;
      s3 = clientsOf(endpoint, "tester").s3;
      await s3.send(
        new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: "eu-central-1" } }),
      );
      terraform = terraformIn({
        dir,
        environment: {
          AWS_ACCESS_KEY_ID: "tester",
          AWS_SECRET_ACCESS_KEY: "secret",
          AWS_ENDPOINT_URL_S3: endpoint,
          AWS_ENDPOINT_URL_STS: endpoint,
        },
      });
    });

    after(async () => {
      await terraform.close();
      await moto.close();
    });

    async function keys(): Promise<string[]> {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
      return Contents.map(({ Key = "" }) => Key);
    }

    /** Where a stack keeps its state, and what else is given. */
    async function stackWith(name: string, { terraform: { backend, required_version } }: StackJson, more: object) {
      const folder = join(dir, name);
      mkdirSync(folder);
      const place = backendSchema.parse(backend).s3;
      const text = JSON.stringify({
        terraform: { required_version, backend: { s3: { ...place, ...OF_MOTO } } },
        ...more,
      });
      writeFileSync(join(folder, "main.tf.json"), text);
      await terraform.init(folder);
      return folder;
    }

    it("lie there under the stacks' names, and servers read the shared one's outputs", async () => {
      const shared = await stackWith("shared", synthStack("shared", { settings }), {
        output: { topic_arn: { value: "arn:aws:sns:eu-central-1:123456789012:failures" } },
      });
      await terraform.run(shared, "apply", "-auto-approve", "-no-color");
      expect(await keys()).to.deep.equal(["sftp-sync/shared.tfstate"]);

      const json = synthStack("server-partner-a", { settings, definitions: [testServer("partner-a")] });
      const { config, ...state } = stateSchema.parse(json.data.terraform_remote_state?.shared);
      const read = { ...state, config: { ...config, ...OF_MOTO } };
      const server = await stackWith("server", json, {
        data: { terraform_remote_state: { shared: read } },
        output: { topic: { value: `\${data.terraform_remote_state.shared.outputs.topic_arn}` } },
      });
      expect(await terraform.run(server, "apply", "-auto-approve", "-no-color")).to.contain(":failures");
      expect(await keys()).to.deep.equal(["sftp-sync/server-partner-a.tfstate", "sftp-sync/shared.tfstate"]);
    });

    it("are locked while somebody works on them", async () => {
      const lock = {
        ID: "6f1d",
        Operation: "OperationTypeApply",
        Who: "somebody@else",
        Version: "1.11.4",
        Created: "2026-01-01T00:00:00Z",
      };
      await s3.send(
        new PutObjectCommand({ Bucket: BUCKET, Key: "sftp-sync/shared.tfstate.tflock", Body: JSON.stringify(lock) }),
      );
      const { message } = await errorOf(terraform.run(join(dir, "shared"), "apply", "-auto-approve", "-no-color"));
      expect(unwrapped(message)).to.contain("Error acquiring the state lock").and.to.contain("somebody@else");
    });
  },
);
