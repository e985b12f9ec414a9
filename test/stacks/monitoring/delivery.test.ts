import { expect } from "chai";
import { statement } from "../policies";
import { ref, resource, synthStack } from "../support";

const ACCOUNT = ref("data.aws_caller_identity.current.account_id");
const PARTITION = ref("data.aws_partition.current.partition");

/** Topic and queues are encrypted: whoever publishes needs the key as well, or what it sends is lost without a word. */
describe("the encrypted topic", () => {
  it("is reached by CloudWatch's alarms of this account, and no other's", () => {
    expect(statement("aws_sns_topic_policy.notifications", "AlarmsMayPublish")).to.deep.include({
      Principal: { Service: ["cloudwatch.amazonaws.com"] },
      Action: ["sns:Publish"],
      Resource: [ref("aws_sns_topic.notifications.arn")],
      Condition: {
        StringEquals: { "aws:SourceAccount": [ACCOUNT] },
        ArnLike: { "aws:SourceArn": [`arn:${PARTITION}:cloudwatch:eu-central-1:${ACCOUNT}:alarm:*`] },
      },
    });
    expect(resource(synthStack("shared", {}), "aws_sns_topic.notifications")).to.include({
      kms_master_key_id: ref("aws_kms_key.shared.arn"),
    });
  });

  it("and the encrypted dead letters have a key that CloudWatch and EventBridge may use", () => {
    const use = statement("aws_kms_key.shared", "EventAndAlarmDelivery");
    expect(use.Principal).to.deep.equal({ Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] });
    expect(use.Action).to.deep.equal(["kms:Decrypt", "kms:GenerateDataKey"]);
    // With aws:SourceArn or aws:SourceAccount EventBridge's deliveries would fail.
    expect(use.Condition).to.equal(undefined);
  });
});
