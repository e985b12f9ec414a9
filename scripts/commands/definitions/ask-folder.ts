import { oneLine } from "../../../contract/printable";
import { UserError } from "../../../local/errors/user-error";
import { credentialsFrom } from "../../../local/runner/credentials";
import { Interrupted } from "../../../local/runner/interrupted";
import { type Browser, browse } from "../../../local/transfer/browse";
import { RemoteFailure } from "../../../local/transfer/remote-failure";
import type { Choice, Prompts } from "../../terminal/prompts";
import { checkOf, fieldProblem, fieldQuestion } from "./field-answer";

const FOLDER = ["SyncSettings", 0, "RemoteFolders", "Folder"] as const;

/** Choices of a list that are no folders below: no absolute path is one of them. */
const [HERE, UP, TYPE] = ["here", "up", "type"] as const;

/** Columns of a folder's name. */
const MOST_CHARACTERS = 60;

export interface FolderQuestion {
  readonly url: string;
  readonly trustedHostKeys: readonly string[];
  readonly prompts: Prompts;
  readonly signal: AbortSignal;
  /** Holds the credentials, if there are any. */
  readonly env: NodeJS.ProcessEnv;
}

/** Asks for remote folders: from a list, where somebody can log in, or as text. */
export class FolderQuestions {
  private browser: Browser | undefined;
  private isDecided = false;

  constructor(private readonly question: FolderQuestion) {}

  /** @param initial an earlier answer. @throws Interrupted */
  async ask(initial: string | undefined): Promise<string> {
    const { prompts } = this.question;
    const chosen = initial === undefined ? await this.choose() : undefined;
    if (chosen !== undefined) {
      return chosen;
    }
    const options = { initialValue: initial, placeholder: "/out/reports/%year%", check: checkOf(FOLDER) };
    return prompts.text(`${fieldQuestion(FOLDER)}; %year%, %month% and %day% are the run's date`, options);
  }

  close(): void {
    this.browser?.close();
  }

  /** Undefined: it is typed. */
  private async choose(): Promise<string | undefined> {
    const { prompts, signal } = this.question;
    try {
      this.browser ??= await this.open();
      return this.browser && (await choose(this.browser, prompts));
    } catch (error) {
      Interrupted.throwIf(signal);
      if (!(error instanceof RemoteFailure || error instanceof UserError)) {
        throw error;
      }
      this.close();
      this.browser = undefined;
      prompts.note(error.message, "The folders cannot be listed");
      return undefined;
    }
  }

  private async open(): Promise<Browser | undefined> {
    const { url, trustedHostKeys, prompts, signal, env } = this.question;
    const { credentials } = await credentialsFrom(env);
    if (this.isDecided || credentials === undefined) {
      return undefined;
    }
    this.isDecided = true; // Whoever said no, or could not log in, types the others too.
    const isWanted = await prompts.confirm(
      `Send the credentials of ${credentials.username} to ${url}, to choose from its folders?`,
      false,
    );
    return isWanted ? browse({ url, trustedHostKeys, credentials, signal }) : undefined;
  }
}

/** @returns undefined where the path is to be typed. */
async function choose(browser: Browser, prompts: Prompts): Promise<string | undefined> {
  let folder = "/";
  for (;;) {
    const below = await browser.foldersIn(folder);
    const choices: Choice<string>[] = [
      { value: HERE, label: `${shown(folder)}  (this folder)` },
      ...below
        .filter((path) => fieldProblem(FOLDER, path) === undefined)
        .map((path) => ({ value: path, label: shown(path) })),
      ...(folder === "/" ? [] : [{ value: UP, label: "..  (the folder above)" }]),
      { value: TYPE, label: "Type another path, such as one with %year%" },
    ];
    const chosen = await prompts.select("Folder: choose one, or go into it", choices);
    if (chosen === HERE || chosen === TYPE) {
      return chosen === HERE ? folder : undefined;
    }
    folder = chosen === UP ? folder.slice(0, folder.lastIndexOf("/")) || "/" : chosen;
  }
}

const shown = (path: string) => oneLine(path, MOST_CHARACTERS);
