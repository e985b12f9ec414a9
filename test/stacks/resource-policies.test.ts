import { expect } from "chai";
import { ALLOWED, SERVER, SHARED, statement } from "./policies";
import { ref, resources } from "./support";

const ACCOUNT = ref("data.aws_caller_identity.current.account_id");
const inAccount = (service: string, resource: string) =>
  `arn:${ref("data.aws_partition.current.partition")}:${service}:eu-central-1:${ACCOUNT}:${resource}`;

/** What a resource's own policy allows, by the names of its statements. */
const sids = (address: string) => ALLOWED.filter((one) => one.address === address).map(({ Sid }) => Sid);

describe("the policies of resources", () => {
  it("let alarms of this account publish to the topic, and no service else", () => {
    const topic = ref("aws_sns_topic.notifications.arn");
    expect(sids("aws_sns_topic_policy.notifications")).to.deep.equal(["AccountMayAdminister", "AlarmsMayPublish"]);
    expect(statement("aws_sns_topic_policy.notifications", "AlarmsMayPublish")).to.deep.include({
      Principal: { Service: ["cloudwatch.amazonaws.com"] },
      Action: ["sns:Publish"],
      Resource: [topic],
      Condition: {
        StringEquals: { "aws:SourceAccount": [ACCOUNT] },
        ArnLike: { "aws:SourceArn": [inAccount("cloudwatch", "alarm:*")] },
      },
    });
  });

  it("let the rule alone send to the queue for failed listings, and nobody to the one for schedules", () => {
    const address = "aws_sqs_queue_policy.failed_listings_dead_letter";
    expect(sids(address)).to.deep.equal(["RuleMaySend"]);
    expect(statement(address, "RuleMaySend")).to.deep.include({
      Principal: { Service: ["events.amazonaws.com"] },
      Action: ["sqs:SendMessage"],
      Resource: [ref("aws_sqs_queue.failed_listings_dead_letter.arn")],
      Condition: { ArnEquals: { "aws:SourceArn": [ref("aws_cloudwatch_event_rule.failed_listings.arn")] } },
    });
    expect(sids("aws_sqs_queue_policy.schedule_dead_letter")).to.deep.equal([]);
  });

  it("let log groups of this installation be encrypted with the key", () => {
    const { Principal, Action, Condition } = statement("aws_kms_key.shared", "LogGroups");
    expect(Principal).to.deep.equal({ Service: [ref("data.aws_service_principal.shared_logs.id")] });
    expect(SHARED.data.aws_service_principal?.shared_logs).to.include({ service_name: "logs", region: "eu-central-1" });
    expect(Action).to.include.members(["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"]);
    expect(Condition).to.deep.equal({
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": [
          inAccount("logs", "log-group:/aws/lambda/sftp-sync-*"),
          inAccount("logs", "log-group:/aws/vendedlogs/states/sftp-sync-*"),
          inAccount("logs", "log-group:/aws/transfer/c-*"),
        ],
      },
    });
  });

  it("let alarms and events reach what is encrypted with the key", () => {
    expect(sids("aws_kms_key.shared")).to.deep.equal(["AccountMayDelegate", "LogGroups", "EventAndAlarmDelivery"]);
    expect(statement("aws_kms_key.shared", "EventAndAlarmDelivery")).to.deep.include({
      Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    });
  });

  it("let every log group that is encrypted with the key be", () => {
    const patterns = statement("aws_kms_key.shared", "LogGroups").Condition?.ArnLike?.[
      "kms:EncryptionContext:aws:logs:arn"
    ];
    const groups = [SHARED, SERVER].flatMap((stack) => Object.values(resources(stack, "aws_cloudwatch_log_group")));
    expect(groups).to.have.lengthOf(8);
    for (const { name, kms_key_id } of groups) {
      expect(kms_key_id).to.be.a("string");
      // A connector's id is `c-` and hexadecimal digits.
      const shown = String(name).replace(ref("aws_transfer_connector.connector.connector_id"), "c-0");
      const fitting = (patterns ?? []).filter((pattern) =>
        inAccount("logs", `log-group:${shown}`).startsWith(pattern.slice(0, -1)),
      );
      expect(fitting, shown).to.have.lengthOf(1);
    }
  });
});
