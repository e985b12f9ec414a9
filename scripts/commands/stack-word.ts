import { SHARED_STACK_ID, serverStackId } from "../../stacks/naming/names";

/** How one names a server to a command for stacks: as it is called, unless that might mean another stack. */
export function stackWord(server: string): string {
  const isLikeAStack = server === SHARED_STACK_ID || server.startsWith(serverStackId(""));
  return isLikeAStack ? serverStackId(server) : server;
}
