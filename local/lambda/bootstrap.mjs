/**
 * The runtime side of a Lambda: runs inside the worker with the function's environment, imports its handler once, and
 * answers invocations. Plain JavaScript, because a worker has no TypeScript loader. Messages: `invocation.ts`.
 */
import { parentPort, workerData } from "node:worker_threads";

if (parentPort === null) {
  throw new Error("bootstrap.mjs runs in a worker");
}
const port = parentPort;

function failure(error) {
  if (error instanceof Error) {
    return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
  }
  // What Lambda's Node.js runtime makes of a thrown value that is no Error.
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

async function load() {
  const module = await import(workerData.moduleUrl);
  if (typeof module.handler !== "function") {
    const error = new Error("the handler is undefined or not exported");
    error.name = "Runtime.HandlerNotFound";
    throw error;
  }
  return module.handler;
}

const loading = load();
loading.catch(() => undefined).then(() => port.postMessage("loaded"));

function contextOf({ requestId, functionName, functionArn, memoryMegabytes, deadline }) {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    memoryLimitInMB: String(memoryMegabytes),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

port.on("message", async (invocation) => {
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  try {
    const handler = await loading;
    const result = await handler(JSON.parse(invocation.event), contextOf(invocation));
    port.postMessage({ result: JSON.stringify(result) ?? "null" });
  } catch (error) {
    port.postMessage({ error: failure(error) });
  }
});
