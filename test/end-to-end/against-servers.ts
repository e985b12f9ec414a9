import { REMOTE_SERVERS, type RemoteServer, type RemoteServerKind } from "./remote-servers";
import { World } from "./world";

/** The server and world of the test that runs now. */
export interface Current {
  readonly remote: RemoteServer;
  readonly world: World;
}

/**
 * Declares the same tests against each of the kinds of servers, and skips those whose server cannot be had here. Every test
 * begins with an empty world.
 * @param fill what lies on the server when a test begins.
 */
export function describeAgainstServers(
  title: string,
  fill: (world: World) => Promise<void>,
  declare: (current: Current, kind: RemoteServerKind) => void,
  kinds = REMOTE_SERVERS,
): void {
  for (const kind of kinds) {
    describe(`${title}, against ${kind.name}`, function () {
      this.timeout(60_000);
      let remote: RemoteServer | undefined;
      let world: World | undefined;

      before(async function () {
        if (kind.unavailable !== undefined) {
          this.skip();
        }
        remote = await kind.start();
        world = await World.create(remote);
      });
      after(async () => {
        await world?.close();
        await remote?.close();
      });
      beforeEach(async () => {
        if (world !== undefined) {
          await world.clear();
          await fill(world);
        }
      });

      declare(
        {
          get remote() {
            return present(remote);
          },
          get world() {
            return present(world);
          },
        },
        kind,
      );
    });
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("no test is running");
  }
  return value;
}
