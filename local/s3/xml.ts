import type { ListPage, ListRequest } from "./list-objects";

/** Characters that XML 1.0 reads otherwise than they stand, or not at all; numeric references are what S3 sends too. */
const escapeXml = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/\p{Cc}/gu, (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`);

const element = (name: string, text: string | number | boolean) => `<${name}>${escapeXml(String(text))}</${name}>`;

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function errorXml(code: string, message: string, requestId: string): string {
  return `${DECLARATION}<Error>${element("Code", code)}${element("Message", message)}${element("RequestId", requestId)}</Error>`;
}

/** `encoding-type=url`: everything but `/` and the unreserved characters, as S3 does it. */
const urlEncode = (key: string) => encodeURIComponent(key).replaceAll("%2F", "/");

export interface ListAnswer {
  readonly bucket: string;
  readonly request: ListRequest;
  readonly page: ListPage;
  readonly continuationToken: string | undefined;
  readonly nextContinuationToken: string | undefined;
  readonly startAfter: string | undefined;
  readonly urlEncoded: boolean;
}

/**
 * The answer of ListObjectsV2. It has no ETags: they would cost a read of every object, and the API has them optional.
 */
export function listXml(answer: ListAnswer): string {
  const { bucket, request, page, urlEncoded } = answer;
  const name = urlEncoded ? urlEncode : (key: string) => key;
  const optional = (tag: string, text: string | undefined) => (text === undefined ? "" : element(tag, text));
  const contents = page.objects.map(
    ({ key, size, lastModified }) =>
      `<Contents>${element("Key", name(key))}${element("LastModified", wholeSeconds(lastModified))}` +
      `${element("Size", size)}${element("StorageClass", "STANDARD")}</Contents>`,
  );
  const prefixes = page.commonPrefixes.map(
    (prefix) => `<CommonPrefixes>${element("Prefix", name(prefix))}</CommonPrefixes>`,
  );
  return [
    `${DECLARATION}<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`,
    element("Name", bucket),
    element("Prefix", name(request.prefix)),
    optional("Delimiter", request.delimiter === "" ? undefined : name(request.delimiter)),
    element("MaxKeys", request.maxKeys),
    element("KeyCount", page.objects.length + page.commonPrefixes.length),
    element("IsTruncated", page.next !== undefined),
    optional("EncodingType", urlEncoded ? "url" : undefined),
    optional("ContinuationToken", answer.continuationToken),
    optional("NextContinuationToken", answer.nextContinuationToken),
    optional("StartAfter", answer.startAfter === undefined ? undefined : name(answer.startAfter)),
    ...contents,
    ...prefixes,
    "</ListBucketResult>",
  ].join("");
}

/** S3 keeps times in whole seconds, and shows them so. */
const wholeSeconds = (date: Date) => `${date.toISOString().slice(0, 19)}.000Z`;
