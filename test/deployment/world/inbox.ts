import { SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Clients } from "./clients";

const QUEUE = "inbox-of-the-tests";

/** What SNS puts around a message for a queue. */
const notificationSchema = z.object({ Subject: z.string(), Message: z.string(), TopicArn: z.string() });

export type Notification = z.infer<typeof notificationSchema>;

/** Somebody who is told what is published to a topic. */
export class Inbox {
  private constructor(
    private readonly clients: Clients,
    private readonly queueUrl: string,
  ) {}

  static async subscribe(clients: Clients, topicArn: string): Promise<Inbox> {
    const { sqs, sns } = clients;
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: QUEUE }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint: Attributes?.QueueArn }));
    return new Inbox(clients, QueueUrl);
  }

  /** Takes everything that has arrived. */
  async take(): Promise<Notification[]> {
    const { sqs } = this.clients;
    const taken: Notification[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
      );
      if (Messages.length === 0) {
        return taken;
      }
      for (const { Body = "", ReceiptHandle } of Messages) {
        taken.push(notificationSchema.parse(JSON.parse(Body)));
        await sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle }));
      }
    }
  }
}
