import { UserError } from "../../../../local/errors/user-error";
import { AwsFailure, type AwsFailureKind } from "./aws-failure";

/** What is known of one thing, or why it is not. */
export type Cell<T> = { readonly value: T } | { readonly unknown: string };

const REASONS: Readonly<Record<Exclude<AwsFailureKind, "credentials">, string>> = {
  denied: "access denied",
  absent: "not found",
  throttled: "too many requests",
  unreachable: "no answer",
  service: "AWS fails",
};

/**
 * One question, whose failure is no reason not to answer the others.
 * @throws AwsFailure only where nothing else can be asked either.
 */
export async function cell<T>(question: () => Promise<T>): Promise<Cell<T>> {
  try {
    return { value: await question() };
  } catch (error) {
    if (error instanceof AwsFailure && error.kind !== "credentials") {
      return { unknown: REASONS[error.kind] };
    }
    if (error instanceof UserError && !(error instanceof AwsFailure)) {
      return { unknown: "cannot be read" };
    }
    throw error;
  }
}

/** A further question about an answer. */
export async function andThen<A, B>(answer: Cell<A>, question: (value: A) => Promise<B>): Promise<Cell<B>> {
  return "unknown" in answer ? answer : cell(() => question(answer.value));
}
