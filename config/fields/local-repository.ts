import { hasRoomForFiles, ROOM, UNPRINTABLE } from "../../contract/file-place";
import { hasDateTags } from "../../contract/folder-tags";
import { withoutSlashesAround } from "../../contract/slashes";
import { heldByPolicies } from "../naming/policy-text";
import { error, type Finding, type Parsed, warning } from "../problems/problem";
import { describeReceived } from "../problems/received";
import { blanksAtEnds, firstBeyondAscii, oddCharacterWarnings } from "./odd-characters";
import { patternWarnings, templateWarnings } from "./template-signs";

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const BUCKET_RULES = "3 to 63 of a-z, 0-9, . and -, beginning and ending with a letter or digit";

/** Beginnings and ends that S3 keeps for itself (S3 user guide, general purpose bucket naming rules). */
const RESERVED_BUCKET_NAME = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/** Of any installation, in any account and Region: `PREFIX-list-results-ACCOUNT-REGION`. */
const LIST_RESULTS_BUCKET = /(^|-)list-results-\d{12}-[a-z]{2,4}(-[a-z]+)+-\d+$/;

export const KMS_KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

/** `BucketName`, by the rules of general purpose buckets; whether there is such a bucket is not asked. */
export function parseBucketName(text: string): Parsed<string> {
  const refuse = (message: string, allowed: string = BUCKET_RULES): Parsed<string> => ({
    findings: [error(message, { received: describeReceived(text), allowed })],
  });
  if (/^(s3:\/\/|arn:)/i.test(text)) {
    return refuse("must be the bucket's name alone, without s3:// or arn:");
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    return refuse("is formed like an IP address, which S3 does not allow");
  }
  if (!BUCKET_NAME.test(text)) {
    const odd = firstBeyondAscii(text);
    return refuse(`is not a valid bucket name${odd === undefined ? "" : `: it has ${odd}`}`);
  }
  if (text.includes("..")) {
    return refuse("has two periods in a row, which S3 does not allow");
  }
  if (RESERVED_BUCKET_NAME.test(text)) {
    return refuse("has a beginning or an end that S3 reserves");
  }
  if (/\.amazonaws\.com(\.cn)?$/.test(text)) {
    return refuse("is a host name of S3, not a bucket's name", "the bucket's name alone");
  }
  if (LIST_RESULTS_BUCKET.test(text)) {
    return refuse("is a list-results bucket, which holds ledgers, locks and reports", "a bucket for the files alone");
  }
  return { value: text, findings: [] };
}

function wrongPart(prefix: string, parts: readonly string[]): string {
  if (UNPRINTABLE.test(prefix)) {
    return "has a control character or a line break";
  }
  return parts.includes("") ? "has an empty part, between two slashes" : "has a part . or ..";
}

/** `Prefix` without slashes at its ends. */
export function parsePrefix(text: string): Parsed<string> {
  const value = withoutSlashesAround(text);
  const parts = value === "" ? [] : value.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..") || UNPRINTABLE.test(value)) {
    const allowed = "names separated by single slashes";
    return {
      findings: [
        error(wrongPart(value, parts), {
          received: describeReceived(text),
          allowed,
        }),
      ],
    };
  }
  // Even for the files of the remote root.
  if (!hasRoomForFiles({ BucketName: "", Prefix: value }, "/")) {
    const details = { received: describeReceived(text), allowed: `a shorter prefix: ${ROOM}` };
    return { findings: [error("leaves no room for a file's name", details)] };
  }
  const reach = heldByPolicies(value);
  if (reach === "" && value !== "") {
    const details = { received: describeReceived(text), allowed: "a prefix whose beginning has none, such as in/" };
    return { findings: [error(`begins with ${BEYOND}: the server could write anywhere in the bucket`, details)] };
  }
  const tags = hasDateTags(value)
    ? [
        warning("date tags are replaced in Folder only; here they stay as they are", {
          received: describeReceived(text),
        }),
      ]
    : [];
  const slashes =
    value === text
      ? []
      : [
          warning("slashes at the ends were removed", {
            received: describeReceived(text),
            allowed: JSON.stringify(value),
          }),
        ];
  return {
    value,
    findings: [
      ...slashes,
      ...tags,
      ...width(value, reach),
      ...templateWarnings(text),
      ...patternWarnings(text),
      ...blanksAtEnds(text),
      ...oddCharacterWarnings(text),
    ],
  };
}

const BEYOND = "characters beyond U+00FF, which no IAM policy can hold";

/** @param reach how far policies can follow a prefix. */
function width(prefix: string, reach: string): Finding[] {
  return reach === prefix
    ? []
    : [
        warning(`has ${BEYOND}: the server could write to every key that begins with ${JSON.stringify(reach)}`, {
          received: describeReceived(prefix),
        }),
      ];
}

/** Undefined as a value with no finding: an empty text counts as absent, as in the sample's files. */
export function parseKmsKeyArn(text: string): Parsed<string> {
  if (text === "") {
    return { findings: [] };
  }
  if (KMS_KEY_ARN.test(text)) {
    return { value: text, findings: [] };
  }
  const message = text.includes(":alias/")
    ? "is the ARN of an alias, which an IAM policy cannot name"
    : "is not the ARN of a KMS key";
  return {
    findings: [error(message, { received: describeReceived(text), allowed: "arn:aws:kms:REGION:ACCOUNT:key/ID" })],
  };
}
