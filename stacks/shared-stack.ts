import type { Construct } from "constructs";
import type { Settings } from "../config/settings/settings";
import { BaseStack } from "./base-stack";
import { ConnectorConcurrencyRole } from "./constructs/connector-concurrency-role";
import { ConnectorLoggingRole } from "./constructs/connector-logging-role";
import { DeadLetterQueue } from "./constructs/dead-letter-queue";
import { EncryptionKey } from "./constructs/encryption-key";
import { FailedListings } from "./constructs/failed-listings";
import type { FunctionZips, ZipAsset } from "./constructs/function-zips";
import { ListResultsBucket } from "./constructs/list-results-bucket";
import { createSharedMonitoring } from "./constructs/monitoring/shared-monitoring";
import { NotificationTopic } from "./constructs/notification-topic";
import { RecorderRole } from "./constructs/recorder-role";
import { ZipFunction } from "./constructs/zip-function";
import { listResultsBucketName, SHARED_STACK_ID, type SharedNames, sharedNames } from "./naming/names";
import { writeSharedOutputs } from "./terraform/shared-outputs";

export interface SharedStackProps {
  readonly settings: Settings;
  readonly zips: FunctionZips;
}

/** What all servers have in common; deployed before any of them. */
export class SharedStack extends BaseStack {
  private readonly names: SharedNames;

  constructor(scope: Construct, { settings, zips }: SharedStackProps) {
    super(scope, SHARED_STACK_ID, { settings });
    this.names = sharedNames(settings);
    const { aws, names } = this;
    const key = new EncryptionKey(this, "shared", { aws, aliasName: names.keyAlias, namePrefix: settings.namePrefix });
    const keyArn = key.arn;
    const bucket = new ListResultsBucket(this, "list_results", {
      aws,
      settings,
      bucketName: listResultsBucketName(settings, aws.accountId),
      key,
    });
    const topic = new NotificationTopic(this, "notifications", {
      aws,
      topicName: names.topic,
      keyArn,
      emails: settings.notificationEmails,
    });
    const queueName = names.scheduleDeadLetterQueue;
    const deadLetters = new DeadLetterQueue(this, "schedule_dead_letter", { queueName, keyArn });
    const logging = new ConnectorLoggingRole(this, "connector_logging", { aws, roleName: names.connectorLoggingRole });
    const zip = zips.addTo(this, "shared");
    this.recordFailedListings(zip, bucket, keyArn);
    const connectorConcurrency = this.createConnectorConcurrency(zip, keyArn);
    createSharedMonitoring(this, { settings, names, topicArn: topic.arn });
    writeSharedOutputs(this, {
      listResultsBucketName: bucket.bucketName,
      listResultsBucketArn: bucket.arn,
      keyArn,
      topicArn: topic.arn,
      scheduleDeadLetterQueueArn: deadLetters.arn,
      connectorLoggingRoleArn: logging.arn,
      connectorConcurrencyFunctionName: connectorConcurrency.functionName,
    });
  }

  private createConnectorConcurrency(zip: ZipAsset, keyArn: string): ZipFunction {
    const { aws, names, settings } = this;
    return new ZipFunction(this, "set_connector_concurrency", {
      settings,
      functionName: names.connectorConcurrencyFunction,
      description: "Sets the concurrency of an SFTP connector while its stack is applied",
      zip,
      module: "set-connector-concurrency",
      role: new ConnectorConcurrencyRole(this, "connector_concurrency", {
        aws,
        names,
        namePrefix: settings.namePrefix,
      }),
      keyArn,
      memoryMegabytes: 256,
      // Terraform waits that long, at most, for new roles to take effect.
      timeoutSeconds: 180,
      environment: {},
    });
  }

  private recordFailedListings(zip: ZipAsset, bucket: ListResultsBucket, keyArn: string): void {
    const { aws, names, settings } = this;
    const failedListings = new FailedListings(this, "failed_listings", { names, keyArn });
    const { deadLetterQueueArn } = failedListings;
    const role = new RecorderRole(this, "recorder", {
      aws,
      names,
      listResultsBucketArn: bucket.arn,
      keyArn,
      deadLetterQueueArn,
    });
    const recorder = new ZipFunction(this, "record_listing_failure", {
      settings,
      functionName: names.recorderFunction,
      description: "Writes a marker beside a directory listing that failed",
      zip,
      module: "record-listing-failure",
      role,
      keyArn,
      memoryMegabytes: 256,
      timeoutSeconds: 30,
      environment: { LIST_RESULTS_BUCKET: bucket.bucketName },
      deadLetterQueueArn,
    });
    failedListings.deliverTo(recorder);
  }
}
