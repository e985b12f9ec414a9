/**
 * Neither Terraform nor CDKTF reports that it is used, or asks for newer versions. What the user has set stays as it is, also
 * where it is empty: `CHECKPOINT_DISABLE= npx sftp-sync deploy`.
 */
export function withoutTelemetry(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", ...env };
}
