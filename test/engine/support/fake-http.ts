import { Readable } from "node:stream";

export interface HttpAnswer {
  readonly status: number;
  readonly body?: string;
  /** The connection is lost after the body, before its end. */
  readonly breaksOff?: boolean;
  readonly headers?: Record<string, string>;
}

interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** Stands in for the SDK's HTTP handler: everything above it, parsing and error names, is real. */
export class FakeHttp {
  readonly requests: SentRequest[] = [];

  /** @param answers in order; the last one is given again and again. An Error is thrown, as a lost connection is. */
  constructor(private readonly answers: (HttpAnswer | Error)[]) {}

  async handle(request: SentRequest) {
    this.requests.push(request);
    const [answer = new Error("no answer")] = this.answers;
    if (this.answers.length > 1) {
      this.answers.shift();
    }
    if (answer instanceof Error) {
      throw answer;
    }
    const { status, body = "", headers = {}, breaksOff = false } = answer;
    return { response: { statusCode: status, headers, body: Readable.from(chunks(body, breaksOff)) } };
  }
}

function* chunks(body: string, breaksOff: boolean): Generator<Buffer> {
  yield Buffer.from(body);
  if (breaksOff) {
    throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
  }
}

export function clientOptions(http: FakeHttp) {
  return {
    region: "eu-west-1",
    credentials: { accessKeyId: "id", secretAccessKey: "key" },
    maxAttempts: 1,
    requestHandler: http,
  };
}

/** An error of an AWS JSON service. */
export function jsonError(name: string, status = 400, body: object = {}): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": name },
    body: JSON.stringify({ __type: name, ...body }),
  };
}

export function jsonAnswer(body: object): HttpAnswer {
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(body) };
}

/** An error of S3. */
export function s3Error(status: number, code: string): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  };
}
