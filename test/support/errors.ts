/** The error that a promise ends with; fails if it ends well. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) {
      return error;
    }
    throw new Error(`Not an Error: ${String(error)}`);
  }
  throw new Error("It should have failed");
}

/** The name of the error that a promise ends with; fails if it ends well. */
export async function errorNameOf(promise: Promise<unknown>): Promise<string> {
  return (await errorOf(promise)).name;
}

/** The HTTP status that an SDK error carries. */
export function httpStatus(error: Error): number | undefined {
  const metadata: unknown = Reflect.get(error, "$metadata");
  const status: unknown = metadata instanceof Object ? Reflect.get(metadata, "httpStatusCode") : undefined;
  return typeof status === "number" ? status : undefined;
}
