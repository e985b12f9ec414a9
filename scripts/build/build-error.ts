/** The sources cannot be built; the message says where and why. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}
