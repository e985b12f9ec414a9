import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { Construct } from "constructs";
import type { Settings } from "../../config/settings/settings";
import { policyDocument } from "../policies/policy-document";
import type { ServiceRole } from "./service-role";

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
  private readonly readers: readonly string[];

  constructor(scope: Construct, id: string, { settings, secretName, server, keyArn }: ServerSecretProps) {
    super(scope, id);
    this.readers = settings.secretReaders;
    this.arn = new SecretsmanagerSecret(this, "secret", {
      name: secretName,
      description: `Credentials for the SFTP server ${server}: Username, and Password or PrivateKey`,
      kmsKeyId: keyArn,
      recoveryWindowInDays: settings.forceDestroy ? 0 : 30,
    }).arn;
  }

  /**
   * Denies the value to everybody but this role and those whom the settings name. Nothing else is denied: whoever may manage
   * secrets still puts a value in, and changes or removes this policy.
   */
  readOnlyBy(role: ServiceRole): void {
    if (this.readers.includes("*")) {
      return;
    }
    new SecretsmanagerSecretPolicy(this, "policy", {
      secretArn: this.arn,
      policy: policyDocument([
        {
          sid: "OnlyTheConnectorReads",
          effect: "Deny",
          principal: "*",
          actions: ["secretsmanager:GetSecretValue"],
          resources: [this.arn],
          conditions: { ArnNotLike: { "aws:PrincipalArn": [role.arn, ...this.readers] } },
        },
      ]),
    });
  }
}
