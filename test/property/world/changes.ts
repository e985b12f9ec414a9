import type { FakeClock } from "../../engine/support/fake-services";
import { parentOf, type RemoteTree, type Version } from "./remote-tree";
import type { Change, Time } from "./scenario";
import type { Sync } from "./syncs";

/** Keeps listings and transfers before a change apart from those after it: S3 knows whole seconds only. */
const APART_SECONDS = 2;

const FIRST_OLD_TIME = Date.parse("2020-01-01T00:00:00Z");

/** What a change may reach besides the remote tree. */
export interface Surroundings {
  readonly clock: FakeClock;
  readonly remote: RemoteTree;
  readonly syncs: readonly Sync[];
  pass(seconds: number): void;
  deleteFromS3(path: string): void;
  loseLedger(): void;
  moveTarget(): void;
}

/** Applies changes. Every change that leaves a file behind is one that a listing shows. */
export class Changes {
  private made = 0;
  private lastRemoved: { readonly path: string; readonly version: Version } | undefined;

  constructor(private readonly world: Surroundings) {}

  apply(change: Change): void {
    this.world.clock.advance(APART_SECONDS);
    this.make(change);
    this.world.clock.advance(APART_SECONDS);
  }

  private make(change: Change): void {
    const { remote } = this.world;
    switch (change.kind) {
      case "add":
        remote.put(`${this.root(change.sync)}/${change.path}`, this.version(change.size, change.time));
        break;
      case "addMany":
        for (let index = 0; index < change.count; index += 1) {
          const name = `many/f${String(index).padStart(2, "0")}`;
          remote.put(`${this.root(change.sync)}/${name}`, this.version(index, "old"));
        }
        break;
      case "pass":
        this.world.pass(change.seconds);
        break;
      case "loseLedger":
        this.world.loseLedger();
        break;
      case "moveTarget":
        this.world.moveTarget();
        break;
      case "removeRoot":
        remote.removeFolder(this.root(change.sync));
        break;
      case "restore":
        if (this.lastRemoved !== undefined) {
          remote.put(this.lastRemoved.path, this.lastRemoved.version);
        }
        break;
      default: {
        const paths = remote.paths();
        const path = paths[change.at % Math.max(1, paths.length)];
        const version = path === undefined ? undefined : remote.file(path);
        if (path !== undefined && version !== undefined) {
          this.makeAt(change, path, version);
        }
      }
    }
  }

  private makeAt(change: Extract<Change, { at: number }>, path: string, version: Version): void {
    const { remote, syncs } = this.world;
    switch (change.kind) {
      case "resize":
        this.resize(path, version);
        break;
      case "touch":
        this.touch(path, version, change.time);
        break;
      case "replaceByFolder":
        remote.put(`${path}/inside`, this.version(1, "old"));
        break;
      case "remove":
        remote.remove(path);
        this.lastRemoved = { path, version };
        break;
      case "removeFolder":
        if (!syncs.some(({ root }) => root === parentOf(path))) {
          remote.removeFolder(parentOf(path));
        }
        break;
      case "deleteFromS3":
        this.world.deleteFromS3(path);
        break;
    }
  }

  private root(sync: number): string {
    const { syncs } = this.world;
    return syncs[sync % syncs.length]?.root ?? "";
  }

  private resize(path: string, version: Version): void {
    if (version.size !== undefined) {
      this.made += 1;
      const size = 1000 + this.made;
      this.world.remote.put(path, { ...version, content: this.content(), bytes: size, size });
    }
  }

  private touch(path: string, version: Version, time: "old" | "new"): void {
    if (version.modified !== undefined) {
      this.made += 1;
      this.world.remote.put(path, { ...version, content: this.content(), modified: this.time(time) });
    }
  }

  private version(size: number | undefined, time: Time): Version {
    this.made += 1;
    return { content: this.content(), bytes: size ?? 5, size, modified: this.time(time) };
  }

  private content(): string {
    return `content ${this.made}`;
  }

  private time(time: Time): string | undefined {
    const now = this.world.clock.now().getTime();
    const milliseconds = {
      old: FIRST_OLD_TIME + this.made * 1000,
      lastHour: now - 3_900_000,
      new: now,
      future: now + 86_400_000,
    };
    return time === "missing" ? undefined : new Date(milliseconds[time]).toISOString();
  }
}
