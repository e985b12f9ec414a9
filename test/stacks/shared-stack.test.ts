import { expect } from "chai";
import { eventPatternSchema, matchesPattern } from "../../local/deployment/event-pattern";
import { SHARED_ADDRESSES } from "./addresses";
import { addresses, embeddedJson, ref, resource, resources, synthStack, synthTexts, testSettings } from "./support";

describe("the shared stack", () => {
  const stack = synthStack("shared", {});

  it("stands alone when there are no definitions", () => {
    expect([...synthTexts({}).keys()]).to.deep.equal(["shared"]);
  });

  it("has these addresses in state", () => {
    expect(addresses(stack)).to.have.members(SHARED_ADDRESSES);
  });

  it("has these outputs, on which server stacks rely", () => {
    expect(Object.keys(stack.output).sort()).to.deep.equal([
      "connector_concurrency_function_name",
      "connector_logging_role_arn",
      "key_arn",
      "list_results_bucket_arn",
      "list_results_bucket_name",
      "schedule_dead_letter_queue_arn",
      "topic_arn",
    ]);
  });

  it("keeps its state in the project's root", () => {
    expect(stack.terraform.backend).to.deep.equal({ local: { path: "../../../terraform.shared.tfstate" } });
  });

  it("names the bucket after account and Region", () => {
    expect(resource(stack, "aws_s3_bucket.list_results")).to.include({
      bucket: `sftp-sync-list-results-${ref("data.aws_caller_identity.current.account_id")}-eu-central-1`,
      force_destroy: false,
    });
  });

  it("lets runs expire, and nothing else", () => {
    const { rule } = resource(stack, "aws_s3_bucket_lifecycle_configuration.list_results");
    expect(rule).to.deep.equal([
      { id: "expire-runs", status: "Enabled", filter: [{ prefix: "runs/" }], expiration: [{ days: 30 }] },
      {
        id: "abort-incomplete-uploads",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });

  it("closes the bucket to the public and encrypts it with the key", () => {
    const access = resource(stack, "aws_s3_bucket_public_access_block.list_results");
    expect(access).to.include({ block_public_acls: true, block_public_policy: true });
    expect(access).to.include({ ignore_public_acls: true, restrict_public_buckets: true });
    const { rule } = resource(stack, "aws_s3_bucket_server_side_encryption_configuration.list_results");
    expect(rule).to.deep.equal([
      {
        bucket_key_enabled: true,
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: ref("aws_kms_key.shared.arn"),
        },
      },
    ]);
  });

  it("rotates the key, and uses it for topic, queues and logs", () => {
    expect(resource(stack, "aws_kms_key.shared")).to.include({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    const key = ref("aws_kms_key.shared.arn");
    expect(resource(stack, "aws_sns_topic.notifications")).to.include({ kms_master_key_id: key });
    expect(Object.values(resources(stack, "aws_sqs_queue"))).to.have.lengthOf(2);
    for (const queue of Object.values(resources(stack, "aws_sqs_queue"))) {
      expect(queue).to.include({ kms_master_key_id: key, message_retention_seconds: 1_209_600 });
    }
    expect(resource(stack, "aws_cloudwatch_log_group.record_listing_failure")).to.include({
      kms_key_id: key,
      retention_in_days: 90,
    });
  });

  it("has a function for the connectors' concurrency, and tells the server stacks its name", () => {
    expect(resource(stack, "aws_lambda_function.set_connector_concurrency")).to.include({
      function_name: "sftp-sync-set-connector-concurrency",
      role: ref("aws_iam_role.connector_concurrency.arn"),
      timeout: 180,
    });
    expect(stack.output.connector_concurrency_function_name?.value).to.equal(
      ref("aws_lambda_function.set_connector_concurrency.function_name"),
    );
  });

  it("keeps every log group's retention and key", () => {
    const groups = Object.values(resources(stack, "aws_cloudwatch_log_group"));
    expect(groups).to.have.lengthOf(Object.keys(resources(stack, "aws_lambda_function")).length);
    for (const group of groups) {
      expect(group).to.include({ retention_in_days: 90, kms_key_id: ref("aws_kms_key.shared.arn") });
    }
  });

  it("hands failed listings to the recorder, and completed ones without items or a count of them, and what fails there to a queue", () => {
    const { event_pattern } = resource(stack, "aws_cloudwatch_event_rule.failed_listings");
    const pattern = embeddedJson(eventPatternSchema, event_pattern);
    const completed = "SFTP Connector Directory Listing Completed";
    const events: [detailType: string, detail: object, isHandedOver: boolean][] = [
      ["SFTP Connector Directory Listing Failed", { "failure-code": "X" }, true],
      [completed, { "status-code": "COMPLETED", "item-count": 0 }, true],
      [completed, { "status-code": "COMPLETED", "item-count": "0" }, true],
      [completed, { "status-code": "COMPLETED", "item-count": null }, true],
      [completed, { "status-code": "COMPLETED" }, true],
      [completed, { "status-code": "COMPLETED", "item-count": 1 }, false],
      [completed, { "status-code": "COMPLETED", "item-count": "12" }, false],
      ["SFTP Connector File Retrieve Failed", {}, false],
      ["SFTP Connector File Retrieve Completed", {}, false],
    ];
    for (const [detailType, detail, isHandedOver] of events) {
      const event = { source: "aws.transfer", "detail-type": detailType, detail };
      expect(matchesPattern(pattern, event), JSON.stringify(event)).to.equal(isHandedOver);
      expect(matchesPattern(pattern, { ...event, source: "aws.s3" })).to.equal(false);
    }
    const queue = { arn: ref("aws_sqs_queue.failed_listings_dead_letter.arn") };
    const target = resource(stack, "aws_cloudwatch_event_target.failed_listings");
    expect(target.arn).to.equal(ref("aws_lambda_function.record_listing_failure.arn"));
    expect(target.dead_letter_config).to.deep.equal(queue);
    expect(target.retry_policy).to.deep.equal({ maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 20 });
    const recorder = resource(stack, "aws_lambda_function.record_listing_failure");
    expect(recorder.dead_letter_config).to.deep.equal({ target_arn: queue.arn });
    expect(recorder)
      .to.have.nested.property("environment.variables")
      .that.deep.equals({
        LIST_RESULTS_BUCKET: ref("aws_s3_bucket.list_results.bucket"),
        POWERTOOLS_SERVICE_NAME: "sftp-sync",
        POWERTOOLS_LOG_LEVEL: "INFO",
      });
    expect(resource(stack, "aws_lambda_permission.failed_listings")).to.include({
      principal: "events.amazonaws.com",
      source_arn: ref("aws_cloudwatch_event_rule.failed_listings.arn"),
    });
  });
});

describe("settings of the shared stack", () => {
  it("subscribe each address, keyed by the address", () => {
    const notificationEmails = ["ops@example.com", "Data.Team@example.com"];
    const stack = synthStack("shared", { settings: testSettings({ notificationEmails }) });
    expect(Object.keys(resources(stack, "aws_sns_topic_subscription"))).to.have.members([
      "notifications_ops_example_com",
      "notifications_data_team_example_com",
    ]);
  });

  it("reach provider, retention and destruction", () => {
    const settings = testSettings({
      region: "us-east-2",
      additionalTags: { Team: "data", "cost:center": "" },
      awsProviderVersion: "= 6.20.0",
      logRetentionDays: 30,
      listResultsRetentionDays: 10,
      forceDestroy: true,
      logLevel: "DEBUG",
    });
    const stack = synthStack("shared", { settings });
    expect(stack.provider.aws).to.deep.equal([
      { region: "us-east-2", default_tags: [{ tags: { Team: "data", "cost:center": "" } }] },
    ]);
    expect(stack.terraform.required_providers).to.deep.equal({ aws: { source: "aws", version: "= 6.20.0" } });
    expect(resource(stack, "aws_cloudwatch_log_group.record_listing_failure")).to.include({ retention_in_days: 30 });
    expect(resource(stack, "aws_s3_bucket.list_results")).to.include({ force_destroy: true });
    expect(resource(stack, "aws_s3_bucket_lifecycle_configuration.list_results")).to.have.nested.property(
      "rule[0].expiration[0].days",
      10,
    );
    expect(resource(stack, "aws_lambda_function.record_listing_failure")).to.have.nested.property(
      "environment.variables.POWERTOOLS_LOG_LEVEL",
      "DEBUG",
    );
  });
});
