import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { ConditionFailed } from "../../engine/ports/errors";
import type { Clock, ObjectStore, ObjectSummary, StoredText, WriteCondition } from "../../engine/ports/services";

/** S3 answers 409 where two conditional writes meet, and asks to try again. */
const CONFLICT_ATTEMPTS = 5;

/** The longest pause after the first conflict; it grows with each further one. */
const CONFLICT_PAUSE_MS = 50;

/** The SDK repeats a request, but not one whose answer breaks off amid its body. */
const BODY_ATTEMPTS = 3;

/** Names for what S3 answers to HEAD, which has no body that could tell: those of its other answers. */
const NAME_BY_STATUS: Readonly<Record<number, string>> = {
  301: "PermanentRedirect",
  403: "AccessDenied",
  500: "InternalError",
  503: "SlowDown",
};

/**
 * @param client one object store serves the list-results bucket and the target buckets alike.
 * @param clock for the pauses between attempts.
 */
export function objectStore(client: S3Client, clock: Clock): ObjectStore {
  return {
    read: (bucket, key) => read(client, bucket, key),
    write: (bucket, key, text, condition) =>
      conditional(clock, bucket, key, async () => {
        const command = new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: text,
          ContentType: "application/json",
          ...conditionHeaders(condition),
        });
        return (await client.send(command)).ETag ?? "";
      }),
    remove: (bucket, key, ifMatch) =>
      conditional(clock, bucket, key, async () => {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: ifMatch }));
      }),
    head: (bucket, key) => head(client, bucket, key),
    list: (bucket, prefix, options) => list(client, bucket, prefix, options?.startAfter, options?.flat ?? false),
  };
}

function conditionHeaders(condition: WriteCondition | undefined) {
  if (condition === undefined) {
    return {};
  }
  return "ifMatch" in condition ? { IfMatch: condition.ifMatch } : { IfNoneMatch: "*" };
}

/**
 * 412 and 409 of conditional requests are not modelled in the SDK: only the status tells. What an If-Match on an object
 * that is gone is answered with is documented nowhere; NoSuchKey is taken to be it.
 */
async function conditional<T>(clock: Clock, bucket: string, key: string, request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      const isGone = error instanceof S3ServiceException && error.name === "NoSuchKey";
      if (status === 412 || isGone || (status === 409 && attempt === CONFLICT_ATTEMPTS)) {
        throw new ConditionFailed(`s3://${bucket}/${key} is no longer in the state that was read`, { cause: error });
      }
      if (status !== 409) {
        throw error;
      }
      await clock.sleep(clock.random() * CONFLICT_PAUSE_MS * attempt);
    }
  }
}

async function read(client: S3Client, bucket: string, key: string): Promise<StoredText | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await client
      .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      .catch(unlessAbsent("NoSuchKey"));
    try {
      return answer && { text: (await answer.Body?.transformToString("utf-8")) ?? "", etag: answer.ETag ?? "" };
    } catch (error) {
      if (attempt === BODY_ATTEMPTS) {
        throw error;
      }
    }
  }
}

async function head(client: S3Client, bucket: string, key: string): Promise<ObjectSummary | undefined> {
  try {
    const { ContentLength, LastModified } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return { key, size: ContentLength ?? 0, lastModified: LastModified ?? new Date(0) };
  } catch (error) {
    return unlessAbsent("NotFound")(namedByStatus(error, `HeadObject of s3://${bucket}/${key}`));
  }
}

/** A missing object is an answer, not a failure; a missing bucket or permission stays one. */
function unlessAbsent(name: string) {
  return (error: unknown): undefined => {
    if (!(error instanceof S3ServiceException && error.name === name)) {
      throw error;
    }
  };
}

/** Without it a refusal would reach people as "Unknown: UnknownError", and a passing failure would not be tried again. */
function namedByStatus(error: unknown, request: string): unknown {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const name = status === undefined ? undefined : NAME_BY_STATUS[status];
  return name === undefined
    ? error
    : Object.assign(new Error(`${request} was answered with HTTP ${status}`, { cause: error }), { name });
}

async function* list(
  client: S3Client,
  bucket: string,
  prefix: string,
  startAfter: string | undefined,
  flat: boolean,
): AsyncGenerator<ObjectSummary> {
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      StartAfter: startAfter,
      Delimiter: flat ? "/" : undefined,
      ContinuationToken: token,
      // XML 1.0 cannot carry control characters, and remote names may hold them.
      EncodingType: "url",
    });
    const page = await client.send(command);
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key !== undefined) {
        yield { key: decodeKey(Key), size: Size ?? 0, lastModified: LastModified ?? new Date(0) };
      }
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

function decodeKey(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll("+", " "));
}
