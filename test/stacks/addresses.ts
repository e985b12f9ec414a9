/** As `terraform state list` orders them: what is read first, then what is managed. */
export function inStateOrder(addresses: readonly string[]): string[] {
  const isRead = (address: string) => address.startsWith("data.");
  return [...addresses.filter(isRead).sort(), ...addresses.filter((address) => !isRead(address)).sort()];
}

/** What is in the state of the shared stack when nobody is subscribed to the notifications. */
export const SHARED_ADDRESSES: readonly string[] = [
  "data.aws_caller_identity.current",
  "data.aws_partition.current",
  "data.aws_service_principal.shared_logs",
  "aws_cloudwatch_dashboard.overview",
  "aws_cloudwatch_event_rule.failed_listings",
  "aws_cloudwatch_event_target.failed_listings",
  "aws_cloudwatch_log_group.record_listing_failure",
  "aws_cloudwatch_log_group.set_connector_concurrency",
  "aws_cloudwatch_metric_alarm.failed_listings_dead_letters",
  "aws_cloudwatch_metric_alarm.recorder_errors",
  "aws_cloudwatch_metric_alarm.schedule_dead_letters",
  "aws_iam_role.connector_concurrency",
  "aws_iam_role.connector_logging",
  "aws_iam_role.recorder",
  "aws_iam_role_policy.connector_concurrency",
  "aws_iam_role_policy.connector_logging",
  "aws_iam_role_policy.recorder",
  "aws_kms_alias.shared",
  "aws_kms_key.shared",
  "aws_lambda_function.record_listing_failure",
  "aws_lambda_function.set_connector_concurrency",
  "aws_lambda_permission.failed_listings",
  "aws_s3_bucket.list_results",
  "aws_s3_bucket_lifecycle_configuration.list_results",
  "aws_s3_bucket_ownership_controls.list_results",
  "aws_s3_bucket_policy.list_results",
  "aws_s3_bucket_public_access_block.list_results",
  "aws_s3_bucket_server_side_encryption_configuration.list_results",
  "aws_sns_topic.notifications",
  "aws_sns_topic_policy.notifications",
  "aws_sqs_queue.failed_listings_dead_letter",
  "aws_sqs_queue.schedule_dead_letter",
  "aws_sqs_queue_policy.failed_listings_dead_letter",
  "aws_sqs_queue_policy.schedule_dead_letter",
  "terraform_data.region",
];

/** What is in the state of a server's stack, whatever its syncs. */
export const SERVER_ADDRESSES: readonly string[] = [
  "data.aws_caller_identity.current",
  "data.aws_partition.current",
  "data.aws_transfer_connector.connector",
  "data.terraform_remote_state.shared",
  "aws_cloudwatch_dashboard.server",
  "aws_cloudwatch_log_group.connector",
  "aws_cloudwatch_log_group.finish_run",
  "aws_cloudwatch_log_group.get_list_status",
  "aws_cloudwatch_log_group.remote_folders_list",
  "aws_cloudwatch_log_group.run",
  "aws_cloudwatch_log_group.sync_remote_folder",
  "aws_cloudwatch_log_metric_filter.connector_failures",
  "aws_cloudwatch_metric_alarm.connector_errors",
  "aws_cloudwatch_metric_alarm.executions_throttled",
  "aws_cloudwatch_metric_alarm.function_errors",
  "aws_cloudwatch_metric_alarm.run_failed",
  "aws_cloudwatch_metric_alarm.schedule_not_started",
  "aws_iam_role.connector_access",
  "aws_iam_role.engine",
  "aws_iam_role.scheduler",
  "aws_iam_role.state_machine",
  "aws_iam_role_policy.connector_access",
  "aws_iam_role_policy.engine",
  "aws_iam_role_policy.scheduler",
  "aws_iam_role_policy.state_machine",
  "aws_lambda_function.finish_run",
  "aws_lambda_function.get_list_status",
  "aws_lambda_function.remote_folders_list",
  "aws_lambda_function.sync_remote_folder",
  "aws_lambda_invocation.connector_concurrency",
  "aws_scheduler_schedule_group.schedules",
  "aws_secretsmanager_secret.credentials",
  "aws_secretsmanager_secret_policy.credentials",
  "aws_sfn_state_machine.run",
  "aws_transfer_connector.connector",
  "terraform_data.region",
];

/** What a sync that only runs on demand adds. */
export function syncAddresses(name: string): string[] {
  return [`aws_ssm_parameter.sync_${name}`];
}

/** What a sync adds that has a schedule. */
export function scheduledSyncAddresses(name: string): string[] {
  return [...syncAddresses(name), `aws_scheduler_schedule.sync_${name}`];
}

/** What a sync adds whose success is waited for: it has a schedule, is enabled, and runs often enough. */
export function watchedSyncAddresses(name: string): string[] {
  return [...scheduledSyncAddresses(name), `aws_cloudwatch_metric_alarm.no_success_${name}`];
}
