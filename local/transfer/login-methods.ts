import type { AuthenticationType } from "ssh2";

/** `none` first: its refusal tells which methods the server takes. */
const METHODS: readonly AuthenticationType[] = ["none", "publickey", "password", "keyboard-interactive"];

type NextMethod = (accepted: readonly AuthenticationType[] | null) => AuthenticationType | false;

/**
 * Tries each method once, those first that the server names. So it is asked for key and password in its own order where it
 * wants both; ssh2's own order offers the password first, and never again.
 */
export function loginMethods(): NextMethod {
  let untried = METHODS;
  return (accepted) => {
    const next = untried.find((method) => accepted?.includes(method)) ?? untried[0] ?? false;
    untried = untried.filter((method) => method !== next);
    return next;
  };
}
