import { type AwsEndpoint, startAwsEndpoint } from "../endpoint/aws-endpoint";
import { WarmSandboxes } from "../lambda/warm-sandboxes";
import { createPrivateFolder } from "../privacy/private-folder";
import { Opened } from "./opened";

/** What stays when a cloud closes and another one opens: the endpoint under its address, and functions that are warm. */
export class Host {
  private constructor(
    private readonly opened: Opened,
    readonly endpoint: AwsEndpoint,
    /** Where zips are unpacked. */
    readonly codeFolder: string,
    readonly sandboxes: WarmSandboxes,
  ) {}

  /** Ends with {@link close}. One cloud at a time works on it. */
  static async start(): Promise<Host> {
    const opened = new Opened();
    return opened.orClose(async () => {
      const endpoint = opened.add(await startAwsEndpoint());
      const { path } = opened.add(await createPrivateFolder());
      return new Host(opened, endpoint, path, opened.add(new WarmSandboxes()));
    });
  }

  async close(): Promise<void> {
    await this.opened.close();
  }
}
