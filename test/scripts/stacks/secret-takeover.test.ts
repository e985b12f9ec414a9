import { expect } from "chai";
import { createdText } from "../../../scripts/stacks/plan-text";
import { takeoverOf } from "../../../scripts/stacks/secret-takeover";

const ID = "0b5f0d26-5f0c-4a37-9d36-6a9ce1f2d9a1";
const KEY = `arn:aws:kms:eu-central-1:123456789012:key/${ID}`;
const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:aws/transfer/sftp-sync-dev-bank-AbCdEf";

const OWN = {
  stack: "server-dev-bank",
  address: "aws_secretsmanager_secret.credentials",
  arn: ARN,
  deleted: new Date("2026-11-20T08:00:00Z"),
  key: KEY,
  plannedKey: KEY,
  url: "sftp://sftp.bank.example",
};

/** What is said where a secret is left alone; fails where it is not. */
function leftAlone(secret: Parameters<typeof takeoverOf>[0]): string {
  const takeover = takeoverOf(secret);
  if (takeover.isPossible) {
    throw new Error(takeover.what);
  }
  return `${takeover.why}\n${takeover.next}`;
}

describe("a secret that has the name of one to create", () => {
  it("may be restored where it was deleted and has the plan's key, and says where its credentials are sent", () => {
    for (const key of [KEY, ID]) {
      expect(takeoverOf({ ...OWN, key })).to.deep.equal({
        isPossible: true,
        what:
          `The secret ${ARN} was deleted on 2026-11-20; its recovery window has not ended. If server-dev-bank takes it over, ` +
          "the old credentials that it holds are sent to sftp://sftp.bank.example, the Url in its definition.",
      });
    }
  });

  const foreign = {
    "another key": KEY.replace("0b5f", "ffff"),
    "the same id in another account": KEY.replace("123456789012", "210987654321"),
    "an alias": "alias/sftp-sync",
    "an alias by its ARN": "arn:aws:kms:eu-central-1:123456789012:alias/sftp-sync",
    "the account's default key": undefined,
  };
  for (const [title, key] of Object.entries(foreign)) {
    for (const deleted of [OWN.deleted, undefined]) {
      it(`is left alone where it is encrypted with ${title}, ${deleted ? "deleted" : "in use"}`, () => {
        const said = leftAlone({ ...OWN, key, deleted });
        expect(said)
          .to.contain(key ?? title)
          .and.to.contain(KEY)
          .and.to.contain("another Name");
        expect(said).to.contain("import it by hand").and.not.to.contain("delete-secret");
      });
    }
  }

  it("is left alone where the plan does not tell its key, whatever it is encrypted with", () => {
    for (const key of [KEY, undefined]) {
      expect(leftAlone({ ...OWN, key, plannedKey: undefined })).to.contain("does not tell this installation's key");
    }
    expect(leftAlone({ ...OWN, key: undefined, plannedKey: "alias/sftp-sync" })).to.contain("default key");
  });

  it("is left alone where it is in use, with a way back for one that a deployment restored", () => {
    expect(leftAlone({ ...OWN, deleted: undefined }))
      .to.contain("is not deleted")
      .and.to.contain(`aws secretsmanager delete-secret --secret-id ${ARN}`);
  });
});

describe("what a plan gives to a resource that it creates", () => {
  const address = "aws_secretsmanager_secret.credentials";
  const printed = `
  # aws_lambda_function.finish_run will be created
  + resource "aws_lambda_function" "finish_run" {
      + kms_key_id = "of another one"
    }

  # aws_secretsmanager_secret.credentials will be created
  + resource "aws_secretsmanager_secret" "credentials" {
      + arn                            = (known after apply)
      + description                    = "Credentials with \\"kms_key_id\\""
      + force_overwrite_replica_secret = false
      + kms_key_id                     = "${KEY}"
      + name                           = "aws/transfer/sftp-sync-dev-bank"

      + replica (known after apply)
    }

  # aws_sqs_queue.last will be created
  + resource "aws_sqs_queue" "last" {
      + visibility = "of the last one"
    }
`;

  it("is read from the resource's own block", () => {
    expect(createdText(printed, address, "kms_key_id")).to.equal(KEY);
    expect(createdText(printed, address, "name")).to.equal("aws/transfer/sftp-sync-dev-bank");
  });

  it("is nothing where it is known after apply, of others, or no text", () => {
    for (const attribute of ["arn", "visibility", "force_overwrite_replica_secret"]) {
      expect(createdText(printed, address, attribute)).to.equal(undefined);
    }
    expect(createdText(printed, "aws_secretsmanager_secret.other", "kms_key_id")).to.equal(undefined);
  });
});
