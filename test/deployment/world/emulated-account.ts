import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../../../bench/servers/free-port";
import { startLoopbackServer } from "../../../local/endpoint/loopback-server";
import { Opened } from "../../../local/runner/opened";
import { bucketPolicies } from "./bucket-policies";
import { type Call, nameCall } from "./call";
import { type Clients, clientsOf, destroyClients, REGION } from "./clients";
import { Connectors } from "./connectors";
import { DeadLetterConfigs } from "./dead-letter-configs";
import { DeployedFunctions } from "./deployed-functions";
import { eventDelivery } from "./event-delivery";
import { forwardTo, passOn } from "./forward";
import { lambdaEndpoint } from "./lambda-endpoint";
import { jsonServices, STATE_MACHINE_CHECKS } from "./missing-operations";
import { startMoto } from "./moto";
import { Refusals } from "./refusals";

/**
 * An AWS account that Terraform can deploy to and that runs what is deployed: moto, and in front of it what moto lacks.
 * Functions run from the deployed zips, connectors fetch over real SFTP, events reach the targets of deployed rules.
 */
export interface EmulatedAccount {
  readonly url: string;
  /** All requests so far, in the order in which they came. */
  readonly calls: readonly Call[];
  /** In the name of the person who operates the account. */
  readonly operator: Clients;
  readonly refusals: Refusals;
  /** What Terraform needs to deploy here. An endpoint that is an IP address makes its provider use path-style S3. */
  readonly terraformEnvironment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** @param folder receives code, logs and states of transfers. */
export async function startEmulatedAccount(folder: string): Promise<EmulatedAccount> {
  const opened = new Opened();
  return opened.orClose(async () => {
    await mkdir(folder, { recursive: true });
    const motoPort = await freePort();
    const forward = forwardTo(motoPort);
    const direct = clientsOf(`http://127.0.0.1:${motoPort}`, "emulator");
    let url = "";
    const functions = new DeployedFunctions({
      folder: join(folder, "functions"),
      lambda: direct.lambda,
      platform: () => ({ region: REGION, endpoint: { url, secretAccessKey: "emulated" } }),
    });
    const connectors = new Connectors({
      transfer: direct.transfer,
      endpoint: () => url,
      stateDir: join(folder, "transfers"),
      onEvent: eventDelivery({ events: direct.events, lambda: direct.lambda, functions }),
    });
    const lambda = lambdaEndpoint({ functions, deadLetters: new DeadLetterConfigs(), forward });
    const services = { AWSStepFunctions: STATE_MACHINE_CHECKS, TransferService: connectors.operations };
    const refusals = new Refusals();
    const answer = refusals.around(lambda(jsonServices(services)(bucketPolicies()(passOn(forward)))));
    const calls: Call[] = [];
    const server = opened.add(
      await startLoopbackServer((request, response) => {
        calls.push(nameCall(request));
        return answer(request, response);
      }),
    );
    url = server.url;
    opened.add(await startMoto({ port: motoPort, endpointPort: server.port, logFile: join(folder, "moto.log") }));
    const operator = clientsOf(url, "operator");
    opened.add({ close: async () => [direct, operator].forEach(destroyClients) });
    // Last in, first out: the functions go before anything that they talk to.
    opened.add(connectors);
    opened.add(functions);
    return {
      url,
      calls,
      operator,
      refusals,
      terraformEnvironment: {
        AWS_ENDPOINT_URL: url,
        AWS_ACCESS_KEY_ID: "terraform",
        AWS_SECRET_ACCESS_KEY: "emulated",
        AWS_EC2_METADATA_DISABLED: "true",
      },
      close: () => opened.close(),
    };
  });
}
