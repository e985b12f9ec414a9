import { parentOf, type StoredTree, type Version } from "../../../simulation/remote-tree";
import type { FakeClock } from "../../engine/support/fake-services";
import type { Change, Time } from "./scenario";
import type { Sync } from "./syncs";

/** Keeps listings and transfers before a change apart from those after it: S3 knows whole seconds only. */
const APART_SECONDS = 2;

const FIRST_OLD_TIME = Date.parse("2020-01-01T00:00:00Z");

/** By so much a server lists more than arrives. */
const LIE_BYTES = 5000;

interface RemovedFile {
  readonly path: string;
  readonly version: Version;
}

/** What a change may reach besides the remote tree. */
export interface Surroundings {
  readonly clock: FakeClock;
  readonly remote: StoredTree;
  readonly syncs: readonly Sync[];
  pass(seconds: number): void;
  deleteFromS3(path: string): void;
  loseLedger(): void;
  moveTarget(): void;
}

/** Applies changes. Every change that leaves a file behind is one that a listing shows. */
export class Changes {
  private made = 0;
  private lastRemoved: RemovedFile | undefined;
  private lastRemovedFolder: readonly RemovedFile[] = [];

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
        this.restore(change.as);
        break;
      case "restoreFolder":
        for (const { path, version } of this.lastRemovedFolder) {
          remote.put(path, version);
        }
        break;
      case "shift":
        this.shift(change.hours);
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
          this.removeFolder(parentOf(path));
        }
        break;
      case "revert":
        remote.put(path, remote.versionBefore(path) ?? version);
        break;
      case "lie":
        // A second one would look like the first.
        if (version.size === version.bytes) {
          remote.put(path, { ...version, content: this.newContent(), size: version.bytes + LIE_BYTES });
        }
        break;
      case "deleteFromS3":
        this.world.deleteFromS3(path);
        break;
    }
  }

  private restore(as: "it was" | "another"): void {
    const { path, version } = this.lastRemoved ?? {};
    if (path !== undefined && version !== undefined) {
      const another = () => ({
        ...version,
        content: this.newContent(),
        modified: version.modified && this.time("old"),
      });
      this.world.remote.put(path, as === "another" ? another() : version);
    }
  }

  private removeFolder(folder: string): void {
    const { remote } = this.world;
    this.lastRemovedFolder = remote.paths().flatMap((path) => {
      const version = path.startsWith(`${folder}/`) ? remote.file(path) : undefined;
      return version === undefined ? [] : [{ path, version }];
    });
    remote.removeFolder(folder);
  }

  private shift(hours: number): void {
    const { remote } = this.world;
    for (const path of remote.paths()) {
      const version = remote.file(path);
      if (version?.modified !== undefined) {
        const modified = new Date(Date.parse(version.modified) + hours * 3_600_000).toISOString();
        remote.put(path, { ...version, modified });
      }
    }
  }

  private newContent(): string {
    this.made += 1;
    return this.content();
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
      first: 0,
      before: -5000,
    };
    return time === "missing" ? undefined : new Date(milliseconds[time]).toISOString();
  }
}
