import { DescribeSecretCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SecretService } from "../../engine/ports/services";

export function secretService(client: SecretsManagerClient): SecretService {
  return {
    hasValue: async (secretArn) => {
      const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: secretArn }));
      return Object.values(VersionIdsToStages ?? {}).some((stages) => stages.includes("AWSCURRENT"));
    },
  };
}
