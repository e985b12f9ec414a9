import type { AuthenticationType, Prompt } from "ssh2";
import { type Mask, maskFor } from "./secret-words";
import { inBrief, inQuotes } from "./server-words";

/** `none` first: its refusal tells which methods the server takes. */
const METHODS: readonly AuthenticationType[] = ["none", "publickey", "password", "keyboard-interactive"];

/** What of a server's banners is kept; an error shows less. */
const MOST_BANNERS = 10;
const MOST_BANNER_CHARACTERS = 1000;

/** One login: what is tried next, what a prompt is answered with, and what the server has said of it. */
export class Login {
  private untried = METHODS;
  private accepted: readonly string[] = [];
  private isPasswordSent = false;
  private isStepDone = false;
  private readonly banners: string[] = [];
  private demand: string | undefined;

  constructor(
    private readonly password: string | undefined,
    private readonly mask: Mask = maskFor(password === undefined ? {} : { password }),
  ) {}

  /**
   * Tries each method once, those first that the server names. So it is asked for key and password in its own order where it
   * wants both; ssh2's own order offers the password first, and never again. The password goes there once: a second attempt
   * with it would cost a second of the few that many servers allow.
   */
  next(accepted: readonly AuthenticationType[] | null, isPartialSuccess?: boolean | null): AuthenticationType | false {
    this.accepted = accepted ?? this.accepted;
    this.isStepDone ||= isPartialSuccess === true;
    const left = this.untried.filter((method) => method !== "keyboard-interactive" || !this.isPasswordSent);
    const next = left.find((method) => accepted?.includes(method)) ?? left[0] ?? false;
    this.untried = this.untried.filter((method) => method !== next);
    this.isPasswordSent ||= next === "password" && this.password !== undefined;
    return next;
  }

  /**
   * @returns what to say to a server's prompts: the password, where one hidden answer is asked for the first time. Anything
   * else is no login by password; `undefined`: there is nothing to say, and the login has failed.
   */
  answer(instructions: string, prompts: readonly Prompt[]): string[] | undefined {
    const [prompt, ...more] = prompts;
    const isHidden = prompt?.echo === false;
    if (this.isPasswordSent || !isHidden || more.length > 0 || this.password === undefined) {
      this.demand = [instructions, ...prompts.map(({ prompt: text }) => text)].join(" ");
      return undefined;
    }
    this.isPasswordSent = true;
    return [this.password];
  }

  /** The server wants another password in the place of this one. */
  mustChange(prompt: string): void {
    this.demand = `${prompt} (a new password)`;
  }

  /** A server may send as many banners as it likes, as long as the login lasts. */
  hear(banner: string): void {
    if (this.banners.length < MOST_BANNERS) {
      this.banners.push(this.mask(banner).slice(0, MOST_BANNER_CHARACTERS));
    }
  }

  /** Why the server's demand cannot be met; undefined where it made none. */
  get unmetDemand(): string | undefined {
    if (this.demand === undefined) {
      return undefined;
    }
    const words = inQuotes(this.mask(this.demand));
    return `the server asks for something else than one hidden password, and a connector has nothing else to say${words === undefined ? "" : `: ${words}`}`;
  }

  /** What the server takes, and what it said, for the end of an error; empty where it told nothing. */
  get told(): string {
    const banner = inQuotes(this.mask(this.banners.join(" ")));
    const methods = this.accepted.length === 0 ? [] : [`it takes ${inBrief(this.mask(this.accepted.join(", ")))}`];
    const step = this.isStepDone ? ["it wants a further step after the one that it accepted"] : [];
    const words = banner === undefined ? [] : [`it says ${banner}`];
    const parts = [...methods, ...step, ...words];
    return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
  }
}
