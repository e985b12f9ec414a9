import { type Fillings, fencesOf, fenceWith, filledIn, PAGES, placeOf } from "../../support/fences";
import { isOnPath } from "../../support/on-path";
import type { Stacks } from "./stacks";

/** Why the documents' commands cannot be run, and what would help; nothing where they can. */
export function commandsObstacle(): string | undefined {
  if (!isOnPath("aws")) {
    return "the AWS CLI is not on the PATH: pip install awscli";
  }
  return isOnPath("jq") ? undefined : "jq is not on the PATH";
}

/** What the documents tell people to do in their account: the blocks with the mark `aws`. */
export class Documented {
  private readonly taken = new Set<string>();

  /**
   * Commands to be run now.
   * @param text that the block holds, and no other of the page.
   * @param fillings what a person fills in or adds.
   */
  take(page: string, text: string, fillings: Fillings = {}): string {
    const fence = fenceWith(page, text);
    this.taken.add(placeOf(fence));
    return filledIn(fence, fillings);
  }

  /**
   * Runs commands of the page for operators in a stack's folder, once the Region is set.
   * @returns what they print.
   */
  operate(stacks: Stacks, stack: string, text: string, fillings: Fillings = {}): Promise<string> {
    const page = "docs/operations.md";
    return stacks.shell(`${this.take(page, "export AWS_REGION")}\n${this.take(page, text, fillings)}`, stack);
  }

  /** Where commands stand that nobody has taken. */
  left(): string[] {
    const fences = PAGES.flatMap(fencesOf).filter(({ language, mark }) => language === "sh" && mark === "aws");
    return fences.map(placeOf).filter((place) => !this.taken.has(place));
  }
}
