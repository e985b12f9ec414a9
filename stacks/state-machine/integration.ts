/**
 * The Resource of a Task that calls a service. It has to lie in the state machine's own partition: any other is accepted
 * when the state machine is made, and ends every execution at its first Task as States.Runtime, which nothing catches.
 */
export function integration(partition: string, action: "lambda:invoke" | "sns:publish"): string {
  return `arn:${partition}:states:::${action}`;
}
