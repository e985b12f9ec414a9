import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { copyProject, EVERY_COMMAND } from "../../support/project-copy";
import { tempFolder } from "../../support/temp-folder";

export const HOST_KEY =
  "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIwHZ5LhdpgIrQEWUDf0w8PMC2bORylJzDV/ixOB0dk2W0bPB2jU0Db5fgUcBTyCCnECgwq/f+63x5elRsaEbTw=";

/** How a server's stack is deployed, as its state tells it. */
export interface Deployed {
  readonly isOff?: boolean;
}

/** A copy of the project, with definitions and states of its own. Its modules work on it, in this process. */
export class LifecycleProject {
  readonly folder = join(tempFolder(), "project");

  constructor() {
    copyProject(this.folder, EVERY_COMMAND);
  }

  /** A module of the copy. @param path from the project's root. */
  load<T>(path: string): T {
    return require(join(this.folder, path)) as T;
  }

  /** Leaves no definition, state or environment. */
  clean(): void {
    for (const name of readdirSync(this.folder).filter((file) => /tfstate/.test(file))) {
      rmSync(join(this.folder, name));
    }
    for (const name of ["servers", "environments"]) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
    }
    mkdirSync(join(this.folder, "servers"));
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  write(path: string, content: string | object): void {
    mkdirSync(join(this.folder, path, ".."), { recursive: true });
    writeFileSync(join(this.folder, path), typeof content === "string" ? content : JSON.stringify(content));
  }

  /** Files of a folder. */
  files(folder = "."): string[] {
    return readdirSync(join(this.folder, folder)).sort();
  }

  /** States, without what else is in the project's root. */
  states(): string[] {
    return this.files().filter((file) => /tfstate/.test(file));
  }

  define(name: string, changes: object = {}): void {
    this.write(`servers/${name}.yaml`, `# About ${name}.\n${stringify(definitionOf(name, changes), { lineWidth: 0 })}`);
  }

  /** The state of a server's stack, as Terraform writes it. @param file default: where the stack keeps it. */
  deploy(name: string, { isOff = false }: Deployed = {}, file = `terraform.server-${name}.tfstate`): void {
    const resource = (type: string, id: string, attributes: object) => ({
      mode: "managed",
      type,
      name: id,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version: 0, attributes }],
    });
    this.write(file, {
      version: 4,
      terraform_version: "1.11.4",
      serial: 7,
      lineage: "5d0d7b0c-5a0b-4d0e-9a57-0f6d1f6f0c11",
      outputs: { connector_id: { value: "c-0123456789abcdef0", type: "string" } },
      resources: [
        { ...resource("aws_partition", "current", { id: "aws" }), mode: "data" },
        resource("aws_transfer_connector", "connector", { id: "c-0123456789abcdef0" }),
        resource("aws_scheduler_schedule", "sync_in", { name: "in", state: isOff ? "DISABLED" : "ENABLED" }),
        resource("aws_ssm_parameter", "sync_in", { name: `/sftp-sync/${name}/in` }),
      ],
      check_results: null,
    });
  }
}

/** A definition with one sync, `in`. */
function definitionOf(name: string, changes: object): object {
  return {
    Name: name,
    Url: "sftp.example.com",
    PublicKey: [HOST_KEY],
    Schedule: "@hourly",
    SyncSettings: [
      {
        Name: "in",
        LocalRepository: { BucketName: "lake", Prefix: name },
        RemoteFolders: { Folder: "/in", Recursive: true },
      },
    ],
    ...changes,
  };
}
