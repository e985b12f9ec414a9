import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { Opened } from "../../../local/runner/opened";
import { makeCertificate } from "./certificate";
import { answerer } from "./http";
import { Organization } from "./organization";
import { runRoutes } from "./run-routes";
import { stateRoutes } from "./state-routes";
import { Worker } from "./worker";
import type { Workspace } from "./workspace";
import { workspaceRoutes } from "./workspace-routes";

export interface ServiceOptions {
  /** Receives the certificate, and what the runs leave. */
  readonly folder: string;
  /** The name of its one organization. */
  readonly organization: string;
  /** Environment variables of all workspaces, as a variable set gives them. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends commands that are under way. */
  readonly signal: AbortSignal;
}

/** A stand-in for Terraform Cloud, whose runs are plans and applies of the real Terraform. */
export interface TerraformCloud {
  readonly organization: Organization;
  /** `localhost:PORT`, where it is found as an installation of Terraform Enterprise is. */
  readonly hostname: string;
  /** Of a person who may do everything. */
  readonly token: string;
  /** A block of Terraform's settings file, which leads from app.terraform.io to this service. */
  readonly settings: string;
  /** For whoever is to trust its certificate. */
  readonly certificateFile: string;
  /** `METHOD /path` of the requests that no route took. */
  readonly unknown: readonly string[];
  close(): Promise<void>;
}

const TOKEN = "token-of-a-person";
const RUN_TOKEN = "token-of-a-run:";

/** What the client looks for: the backend `cloud`, and the data source that reads the state of a workspace. */
const SERVICES = ["tfe.v2", "tfe.v2.1", "tfe.v2.2", "state.v2"];

export async function startTerraformCloud(options: ServiceOptions): Promise<TerraformCloud> {
  const { folder, variables, signal } = options;
  await mkdir(folder, { recursive: true });
  const certificate = await makeCertificate(folder);
  const opened = new Opened();
  const server = createServer({ key: certificate.key, cert: certificate.cert });
  const hostname = `localhost:${await listen(server)}`;
  const url = `https://${hostname}`;
  const services = Object.fromEntries(SERVICES.map((service) => [service, `${url}/api/v2/`]));
  const pairs = SERVICES.map((service) => `    ${JSON.stringify(service)} = "${url}/api/v2/"\n`);
  const settings = `host "app.terraform.io" {\n  services = {\n${pairs.join("")}  }\n}\n`;

  const startWorker = async ({ name }: Workspace) => {
    const place = join(folder, name);
    await mkdir(place);
    const access = { TF_TOKEN_app_terraform_io: RUN_TOKEN + name, SSL_CERT_FILE: certificate.file };
    return opened.add(new Worker({ folder: place, environment: { ...variables, ...access }, settings, signal }));
  };
  const workers = new Map<Workspace, Promise<Worker>>();
  const organization = new Organization(options.organization, (workspace) => {
    const worker = workers.get(workspace) ?? startWorker(workspace);
    workers.set(workspace, worker);
    return worker;
  });
  const unknown: string[] = [];
  const callerOf = (token: string) => {
    const workspace = organization.workspaces.find(({ name }) => token === RUN_TOKEN + name);
    return token === TOKEN ? {} : workspace && { workspace };
  };
  const routes = {
    ...workspaceRoutes(organization),
    ...stateRoutes(organization, url),
    ...runRoutes(organization, url),
  };
  server.on("request", answerer({ routes, services, callerOf, unknown }));
  return {
    organization,
    hostname,
    token: TOKEN,
    settings,
    certificateFile: certificate.file,
    unknown,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await opened.close();
    },
  };
}

/** @returns the port. */
async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return address !== null && typeof address === "object" ? address.port : 0;
}
