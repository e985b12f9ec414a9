/** The part of Lambda's context object that is used here. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}
