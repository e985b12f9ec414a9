import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { serverNames } from "../../../../config/naming/aws-names";
import { secretService } from "../../../../functions/aws/secret-service";
import { AwsFailure } from "../access/aws-failure";
import type { AwsSession } from "../access/session";

/** Whether a server's secret has a value. `no-secret`: there is none to put it into. */
export type CredentialsState = "present" | "missing" | "no-secret";

/** The value itself is never read. @throws AwsFailure */
export async function credentialsState(session: AwsSession, server: string): Promise<CredentialsState> {
  const client = new SecretsManagerClient(session.config);
  const name = serverNames(session.installation, server).secret;
  try {
    return await session.ask(`secretsmanager:DescribeSecret ${name}`, async () =>
      (await secretService(client).hasValue(name)) ? "present" : "missing",
    );
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === "absent") {
      return "no-secret";
    }
    throw error;
  } finally {
    client.destroy();
  }
}
