import { MAX_PARAMETER_BYTES } from "../../../contract/parameter-value";

/** How long a field's text may be as it is written, in characters. What a parser brings into form may have shorter limits. */
export const LONGEST = {
  /** Ours: blanks and signs that a name loses are counted. */
  name: 256,
  /** Ours: it is one line on the server's dashboard. */
  description: 1000,
  /** Twice what a connector takes (255, Transfer API model): a protocol, blanks and slashes are removed. */
  url: 512,
  /** Four times what a connector takes (2,048, Transfer API model): hosts and comments are removed. */
  hostKey: 8192,
  /** Twice what EventBridge Scheduler takes (256, API model): blanks are removed. */
  schedule: 512,
  /** EventBridge Scheduler, ScheduleExpressionTimezone (API model). */
  timeZone: 50,
  /** S3 user guide, general purpose bucket naming rules: 63; an ARN is told from it by its beginning. */
  bucket: 256,
  /** A key in S3 has 1,024 bytes; slashes at the ends are removed. */
  prefix: 1100,
  /** KMS API reference, KeyId. */
  kmsKey: 2048,
  /** Twice what the service takes of a path (1,024, Transfer API model): tags and double slashes are longer than what they become. */
  folder: 2048,
  /** The event in the sync's SSM parameter has 8,192 bytes, of which the other fields need some. */
  glob: MAX_PARAMETER_BYTES,
  /** Ours: it is for editors. */
  schemaReference: 2048,
} as const;
