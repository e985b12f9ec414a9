import { HOST_KEY_TYPES } from "../../fields/host-keys";
import { KMS_KEY_ARN } from "../../fields/local-repository";
import { SCHEDULE_TAGS } from "../../schedule/schedule-tags";

/**
 * What an editor can tell while somebody types: regular expressions of the JSON Schema. Each takes whatever the field's parser
 * takes, also with a warning, and of what the parser refuses as much as an expression can tell.
 */

/** A letter or digit at least; what else stands there is brought into form. Beyond ASCII, letters are not told from signs. */
export const NAME = "[A-Za-z0-9\\u0080-\\uffff]";

const PORT = "0{0,4}([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

/** Host or address, an IPv6 one in brackets, and a port; no user, folder or other protocol. */
export const URL = `^\\s*([sS][fF][tT][pP]://)?(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_.])?)(:${PORT})?/*\\s*$`;

/** A type that connectors take and its base64, perhaps in a line of known_hosts; no private key, marker or option. */
export const HOST_KEY = [
  "^(?![\\s\\S]*PRIVATE KEY)",
  '(?!\\s*(@|[A-Za-z0-9-]+="))',
  "([^\\n]*\\n)*?",
  "\\s*([^\\s]+\\s+)?",
  `(${HOST_KEY_TYPES.join("|")})\\s+AAAA[A-Za-z0-9+/]+={0,2}(\\s|$)`,
].join("");

const CRON_FIELD = "[0-9A-Za-z*/,?#-]+";
const CRON_FIELDS = `\\s*${CRON_FIELD}(\\s+${CRON_FIELD}){4,5}\\s*`;
const RATE =
  "[rR][aA][tT][eE]\\(\\s*0*[1-9][0-9]*\\s+([mM][iI][nN][uU][tT][eE]|[hH][oO][uU][rR]|[dD][aA][yY])[sS]?\\s*\\)";
const ON_DEMAND = "[oO][nN]-?[dD][eE][mM][aA][nN][dD]|[mM][aA][nN][uU][aA][lL]";

/** A tag, `cron(...)` with or without its name, `rate(...)`, or on-demand. */
export const SCHEDULE = `^\\s*(${[
  ...Object.keys(SCHEDULE_TAGS),
  `[cC][rR][oO][nN]\\(${CRON_FIELDS}\\)`,
  CRON_FIELDS,
  RATE,
  ON_DEMAND,
].join("|")})\\s*$`;

/** As names of the database are formed; which there are depends on its version. */
export const TIME_ZONE = "^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$";

const NO_DOTS = "(?!([^/]*/)*\\.{1,2}(/|$))";
const PRINTABLE = "[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*";

export const PREFIX = `^(?!/*[^/]+(/[^/]+)*//+[^/])(?!/*[^/\\u0020-\\u00ff])${NO_DOTS}${PRINTABLE}$`;

/** Absolute, without `.` and `..`. */
export const FOLDER = `^(?=/)${NO_DOTS}(?!.*\\ufffd)${PRINTABLE}$`;

/** Relative, not to everything below itself by a slash at the end, without `.` and `..`. */
export const GLOB = `^(?!/|!(?!\\()|\\s*$)(?!.*//)${NO_DOTS}(?!.*/$)${PRINTABLE}$`;

/** Tabs and line breaks are blanks on the dashboard. */
export const DESCRIPTION = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$";

/** By the rules of general purpose buckets, with what S3 reserves. */
export const BUCKET =
  "^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\\.\\.)(?![0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+$)" +
  "(?!.*(-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$";

/** An empty text counts as absent. */
export const KMS_KEY = `^$|${KMS_KEY_ARN.source}`;
