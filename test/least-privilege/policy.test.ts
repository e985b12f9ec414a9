// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM's policy variables are part of the subject
import { expect } from "chai";
import { type AccessRequest, isAllowed, policySchema } from "./policy";

const statement = (changes: object) => ({
  Sid: "Test",
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "*",
  ...changes,
});

const allows = (changes: object | readonly object[], request: Partial<AccessRequest> = {}) => {
  const Statement = [changes].flat().map(statement);
  const { Statement: parsed } = policySchema.parse({ Version: "2012-10-17", Statement });
  return isAllowed(parsed, { action: "s3:GetObject", resource: "arn:aws:s3:::b/a/x.csv", ...request });
};

const inFolder = { StringLike: { "s3:prefix": ["a/*", "b/*"] } };
const inFolderIfExists = { StringLikeIfExists: inFolder.StringLike };
const insecure = { Effect: "Deny", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } };

const butOwn = {
  Effect: "Deny",
  Resource: undefined,
  NotResource: "arn:aws:s3:::b/${aws:PrincipalTag/T}/*",
  Condition: { Null: { "aws:PrincipalTag/T": "false" } },
};
const others = {
  Effect: "Deny",
  Condition: { ArnNotLike: { p: ["arn:aws:iam::1:role/a-*", "arn:aws:iam::1:role/c"] } },
};
const butReading = { Effect: "Deny", Action: undefined, NotAction: ["s3:Get*", "s3:List*"] };
const differing = { Effect: "Deny", Condition: { StringNotEquals: { k: "v" } } };

const TABLE: readonly (readonly [
  what: string,
  statements: object | readonly object[],
  request: Partial<AccessRequest>,
  allowed: boolean,
])[] = [
  ["an action in a list", { Action: ["s3:PutObject", "s3:GetObject"] }, {}, true],
  ["an action that is not there", { Action: "s3:PutObject" }, {}, false],
  ["an action in another case", { Action: "S3:getobject" }, {}, true],
  ["an action by wildcard", { Action: "s3:Get*" }, {}, true],
  ["an action that only begins like an allowed one", { Action: "s3:Get" }, {}, false],
  ["an object below a prefix", { Resource: "arn:aws:s3:::b/a/*" }, {}, true],
  ["an object far below a prefix", { Resource: "arn:aws:s3:::b/*.csv" }, {}, true],
  ["an object beside a prefix", { Resource: "arn:aws:s3:::b/a/*" }, { resource: "arn:aws:s3:::b/a-b/x" }, false],
  ["the bucket instead of its objects", { Resource: "arn:aws:s3:::b/*" }, { resource: "arn:aws:s3:::b" }, false],
  ["a resource in another case", { Resource: "arn:aws:s3:::b/A/*" }, {}, false],
  ["one character for a question mark", { Resource: "arn:aws:s3:::b/?/x.csv" }, {}, true],
  ["two characters for a question mark", { Resource: "arn:aws:s3:::b/?.csv" }, {}, false],
  ["a dot that is no wildcard", { Resource: "arn:aws:s3:::b/a/x.c" }, { resource: "arn:aws:s3:::b/a/xxc" }, false],
  ["an escaped star", { Resource: "arn:aws:s3:::b/a${*}/*" }, { resource: "arn:aws:s3:::b/a*/x" }, true],
  [
    "an escaped star, for anything else",
    { Resource: "arn:aws:s3:::b/a${*}/*" },
    { resource: "arn:aws:s3:::b/ab/x" },
    false,
  ],
  ["an escaped dollar", { Resource: "arn:aws:s3:::b/${$}{x}/*" }, { resource: "arn:aws:s3:::b/${x}/y" }, true],
  [
    "colons within a resource",
    { Resource: "arn:aws:states:r:1:execution:m:*" },
    { resource: "arn:aws:states:r:1:execution:m:run:2" },
    true,
  ],
  [
    "the same resource of another account",
    { Resource: "arn:aws:states:r:1:*" },
    { resource: "arn:aws:states:r:2:x" },
    false,
  ],
  ["a prefix that fits", { Condition: inFolder }, { context: { "s3:prefix": "b/c" } }, true],
  ["a prefix that does not", { Condition: inFolder }, { context: { "s3:prefix": "c/" } }, false],
  ["no prefix", { Condition: inFolder }, {}, false],
  ["no prefix, where one is checked only if there is one", { Condition: inFolderIfExists }, {}, true],
  [
    "a wrong prefix, where one is checked only if there is one",
    { Condition: inFolderIfExists },
    { context: { "s3:prefix": "c/" } },
    false,
  ],
  [
    "two conditions, of which one fails",
    { Condition: { ...inFolder, StringEquals: { k: "v" } } },
    { context: { "s3:prefix": "a/" } },
    false,
  ],
  ["two keys, of which one fails", { Condition: { StringEquals: { k: "v", l: "w" } } }, { context: { k: "v" } }, false],
  ["equal text, taken literally", { Condition: { StringEquals: { k: "v*" } } }, { context: { k: "vw" } }, false],
  [
    "an ARN by wildcard",
    { Condition: { ArnLike: { k: "arn:aws:t:r:1:c/*" } } },
    { context: { k: "arn:aws:t:r:1:c/x" } },
    true,
  ],
  [
    "an ARN of another account",
    { Condition: { ArnEquals: { k: "arn:aws:t:r:1:c/x" } } },
    { context: { k: "arn:aws:t:r:2:c/x" } },
    false,
  ],
  ["what another statement denies", [{}, insecure], { context: { "aws:SecureTransport": "false" } }, false],
  ["what another statement would deny", [{}, insecure], { context: { "aws:SecureTransport": "true" } }, true],
  ["what is only not denied", [insecure], { context: { "aws:SecureTransport": "true" } }, false],
  ["what only other resources are denied", [{}, butOwn], { context: { "aws:PrincipalTag/T": "a" } }, true],
  ["what is denied but for one's own", [{}, butOwn], { context: { "aws:PrincipalTag/T": "b" } }, false],
  ["what is denied to who has a tag, without one", [{}, butOwn], {}, true],
  ["a variable whose value looks like a wildcard", [{}, butOwn], { context: { "aws:PrincipalTag/T": "*" } }, false],
  [
    "what others than some are denied, as one of them",
    [{}, others],
    { context: { p: "arn:aws:iam::1:role/a-x" } },
    true,
  ],
  ["what others than some are denied, as another", [{}, others], { context: { p: "arn:aws:iam::1:role/b-x" } }, false],
  ["what is denied but for some actions, by one of them", [{}, butReading], {}, true],
  [
    "what is denied but for some actions, by another",
    [{ Action: "s3:*" }, butReading],
    { action: "s3:PutObjectTagging" },
    false,
  ],
  ["what others than some are denied, as nobody", [{}, others], {}, false],
  ["what is denied to all that differ, as one that does", [{}, differing], { context: { k: "w" } }, false],
  ["what is denied to all that differ, as the one", [{}, differing], { context: { k: "v" } }, true],
  ["what is denied to all that differ, without the key", [{}, differing], {}, false],
  ["the account's own, by its root", { Principal: { AWS: "arn:aws:iam::1:root" } }, { account: "1" }, true],
  ["another account's, by a root", { Principal: { AWS: "arn:aws:iam::1:root" } }, { account: "2" }, false],
  ["the named service", { Principal: { Service: ["a", "b"] } }, { service: "b" }, true],
  ["another service", { Principal: { Service: "a" } }, { service: "b" }, false],
];

describe("the evaluation of policies", () => {
  for (const [what, statements, request, allowed] of TABLE) {
    it(`${allowed ? "allows" : "does not allow"} ${what}`, () => {
      expect(allows(statements, request)).to.equal(allowed);
    });
  }

  for (const [what, changes] of [
    ["a condition operator", { Condition: { NumericLessThan: { k: "1" } } }],
    ["a policy variable", { Resource: "arn:aws:s3:::b/${aws:username}" }],
    ["a wildcard in an ARN's account", { Resource: "arn:aws:s3::*:b/a" }],
    ["NotAction beside Action", { NotAction: "s3:PutObject" }],
    ["NotAction that allows", { Action: undefined, NotAction: "s3:PutObject" }],
    ["no action at all", { Action: undefined }],
    ["NotPrincipal", { NotPrincipal: { AWS: "arn:aws:iam::1:root" } }],
  ] as const) {
    it(`does not guess at ${what} that it does not know`, () => {
      expect(() => allows(changes)).to.throw();
    });
  }
});
