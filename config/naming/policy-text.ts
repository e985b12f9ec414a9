/** What a policy cannot hold, of what a prefix can (IAM user guide, "IAM and AWS STS quotas"). */
const BEYOND_POLICIES = /[^\u0020-\u00ff]+/g;

/**
 * A text as a policy can hold it. For characters that it cannot stands `*`, which allows any text there.
 * @param text in which `*` and other characters that policies read as their own are escaped.
 * @param anyText what else is to stand for them.
 */
export const asPolicyText = (text: string, anyText = "*"): string => text.replace(BEYOND_POLICIES, anyText);

/** The beginning of a text, up to the first character that no policy can hold. */
export const heldByPolicies = (text: string): string => /^[\u0020-\u00ff]*/.exec(text)?.[0] ?? "";
