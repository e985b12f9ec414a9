/** A service says *later*, and the SDK has repeated the request in vain. */
export class BackPressure extends Error {
  override readonly name = "BackPressure";
}

/** A conditional PUT or DELETE met another state of the object than the one it named (S3 answers 412). */
export class ConditionFailed extends Error {
  override readonly name = "ConditionFailed";
}
