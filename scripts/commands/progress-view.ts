import type { WriteStream } from "node:tty";
import { shortened } from "../../contract/printable";
import { NO_PROGRESS, type Progress } from "../../local/runner/progress";
import type { RunObserver } from "../../local/runner/run-observer";
import type { Lines } from "../terminal/width";
import { wrapped } from "../terminal/wrap";
import { count, formatBytes } from "./figures";

/** A terminal, or whatever stands in its place. */
export type Output = Pick<WriteStream, "write"> & Lines;

const LIVE_INTERVAL_MS = 100;
const PLAIN_INTERVAL_MS = 2_000;
/** One large file raises no event for a long time: the view says all the same that it is alive. */
const LIVE_HEARTBEAT_MS = 1_000;
const PLAIN_HEARTBEAT_MS = 10_000;
/** Some terminals say 0. */
const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = "\r\x1b[2K";

/** Shows how runs go: one live line on a terminal, plain lines now and then elsewhere. */
export class ProgressView implements RunObserver {
  private label = "";
  private progress: Progress = NO_PROGRESS;
  private startedAt = 0;
  private drawnAt = Number.NEGATIVE_INFINITY;
  private heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly output: Output,
    private readonly now: () => number = Date.now,
  ) {}

  /** Says on a terminal, until a run starts, what it has to wait for. */
  preparing(what: string): void {
    if (this.output.isTTY) {
      this.output.write(`${CLEAR_LINE}${what}`.slice(0, CLEAR_LINE.length + this.columns()));
    }
  }

  started: Required<RunObserver>["started"] = ({ server, sync, run }) => {
    this.label = `${server} / ${sync}`;
    this.progress = NO_PROGRESS;
    this.line(`${this.label}: started, run ${run}`);
    this.startedAt = this.now();
    this.drawnAt = this.startedAt;
    clearInterval(this.heartbeat);
    this.heartbeat = setInterval(() => this.drawIfDue(), this.output.isTTY ? LIVE_HEARTBEAT_MS : PLAIN_HEARTBEAT_MS);
    this.heartbeat.unref();
  };

  progressed: Required<RunObserver>["progressed"] = (progress) => {
    this.progress = progress;
    this.drawIfDue();
  };

  notified: Required<RunObserver>["notified"] = ({ subject }) => {
    this.line(`${this.label}: AWS would now send the notification "${subject ?? ""}"`);
  };

  finished = ({ status, seconds }: { readonly status: string; readonly seconds: number }): void => {
    this.end();
    this.line(`${this.label}: ${status} after ${seconds.toFixed(1)} s, ${describe(this.progress)}`);
  };

  /** A line of its own; the live line gives way. */
  line(text: string): void {
    this.clear();
    this.output.write(`${wrapped(text, this.output)}\n`);
  }

  /** No more is drawn until another run starts. */
  end(): void {
    clearInterval(this.heartbeat);
    this.clear();
  }

  private clear(): void {
    if (this.output.isTTY) {
      this.output.write(CLEAR_LINE);
    }
  }

  private drawIfDue(): void {
    const interval = this.output.isTTY ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS;
    if (this.now() - this.drawnAt >= interval) {
      this.draw();
    }
  }

  private draw(): void {
    this.drawnAt = this.now();
    const seconds = Math.floor((this.now() - this.startedAt) / 1000);
    if (this.output.isTTY) {
      this.output.write(CLEAR_LINE + this.liveLine(seconds));
    } else {
      this.line(`${this.label}: ${seconds} s, ${describe(this.progress)}`);
    }
  }

  /** The figures come first: where there is little room, the name gives way. */
  private liveLine(seconds: number): string {
    const { foldersListed, entries, transferred, failed, bytes } = this.progress;
    const figures = [
      `${seconds} s`,
      count(foldersListed, "folder"),
      count(entries, "entry", "entries"),
      `${count(transferred, "file")} copied`,
      formatBytes(bytes),
      ...(failed > 0 ? [`${failed} failed`] : []),
    ].join("  ");
    const room = this.columns() - figures.length - 2;
    const label = shortened(this.label, Math.max(0, room - 3));
    return `${figures}  ${label}`.slice(0, this.columns());
  }

  /** A line that fills the last column would make the terminal begin another. */
  private columns(): number {
    return (this.output.columns || DEFAULT_COLUMNS) - 1;
  }
}

function describe({ foldersListed, entries, transferred, failed, bytes, bytesPerSecond }: Progress): string {
  const rate = bytesPerSecond === undefined ? "" : `, ${formatBytes(Math.round(bytesPerSecond))}/s`;
  const parts = [
    `${count(foldersListed, "folder")} listed (${count(entries, "entry", "entries")})`,
    `${count(transferred, "file")} transferred (${formatBytes(bytes)}${rate})`,
    ...(failed > 0 ? [`${count(failed, "attempt")} failed`] : []),
  ];
  return parts.join(", ");
}
