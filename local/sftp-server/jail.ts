import { realpath } from "node:fs/promises";
import { join, posix, sep } from "node:path";

const outside = () => Object.assign(new Error("Outside of the served folder"), { code: "EACCES" });

/** Shows a folder as the root `/`: clients can neither name nor follow a link to anything outside. */
export class Jail {
  private constructor(
    /** Absolute, without symbolic links. */
    private readonly root: string,
  ) {}

  static async of(folder: string): Promise<Jail> {
    return new Jail(await realpath(folder));
  }

  /** A client's path made absolute, `.` and `..` resolved; `..` of the root is the root. */
  normalise(path: string): string {
    return posix.resolve("/", path);
  }

  /** The real place of a path, all links followed. */
  async follow(path: string): Promise<string> {
    const real = await realpath(join(this.root, this.normalise(path)));
    if (real !== this.root && !real.startsWith(this.root === sep ? sep : this.root + sep)) {
      throw outside();
    }
    return real;
  }

  /** The same, but a link at the end of the path is itself meant. */
  async locate(path: string): Promise<string> {
    const normal = this.normalise(path);
    return normal === "/" ? this.root : join(await this.follow(posix.dirname(normal)), posix.basename(normal));
  }
}
