import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";

export interface ServerSecretProps {
  readonly settings: Settings;
  readonly secretName: string;
  readonly server: string;
  readonly keyArn: string;
}

/**
 * The container for the server's credentials, encrypted with the shared key. It never holds a version from here: its
 * value is put in by hand, so that Terraform does not know, revert or overwrite it.
 */
export class ServerSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { settings, secretName, server, keyArn }: ServerSecretProps) {
    super(scope, id);
    this.arn = new SecretsmanagerSecret(this, "secret", {
      name: secretName,
      description: `Credentials for the SFTP server ${server}: Username, and Password or PrivateKey`,
      kmsKeyId: keyArn,
      recoveryWindowInDays: settings.forceDestroy ? 0 : 30,
    }).arn;
  }
}
