import { inParallel } from "../../config/in-parallel";
import type { Settings } from "../../config/settings/settings";
import { UserError } from "../../local/errors/user-error";
import { COMMAND } from "../commands/command-line";
import { EXIT } from "../commands/exit-codes";
import { wrapped } from "../terminal/wrap";
import { applyPlans } from "./apply";
import { isApproved } from "./approval";
import type { DeploymentProps } from "./deployment";
import { planStacks } from "./plan";
import { reportFailures } from "./plan-failures";
import { planSummary } from "./plan-summary";
import { ALL, isNamed, SHARED } from "./stack-names";
import { isDeployed } from "./state";

/** What a person has to know who destroys a server, and one day deploys it again. */
export const SECRETS_STAY =
  "Secrets Manager keeps a destroyed server's secret for 30 days. A deployment of the server within them offers to restore it: " +
  "docs/operations.md#a-server-that-comes-back";

/**
 * @param names of stacks, or patterns for them.
 * @throws UserError where no stack is named, or `shared` without the setting `forceDestroy`: Terraform would delete everything of
 * it but the list-results bucket, which holds objects, and leave ruins.
 */
export function expectDestroyable(names: readonly string[], { forceDestroy }: Pick<Settings, "forceDestroy">): void {
  if (names.length === 0) {
    throw new UserError("Nothing is named that is to be destroyed", {
      next: `${COMMAND} destroy NAME, or ${COMMAND} destroy '${ALL}' for everything`,
    });
  }
  if (isNamed(SHARED, names) && !forceDestroy) {
    throw new UserError(
      "The list-results bucket holds ledgers and reports. Terraform does not delete a bucket that still holds objects, unless " +
        "forceDestroy was deployed before.",
      { next: `set forceDestroy to true in cdktf.json, ${COMMAND} deploy, then the same command again` },
    );
  }
}

export interface RemovalProps extends DeploymentProps {
  /** Done once somebody has approved of the plans, before anything is destroyed. */
  readonly approved?: () => Promise<void>;
  /** Receives plans and what Terraform says; default: they are printed. */
  readonly tell?: (text: string) => void;
}

export interface Doomed {
  readonly stacks: readonly string[];
  /** All stacks that were synthesized. */
  readonly all: readonly string[];
}

/** How many states are looked into at a time. */
const AT_A_TIME = 4;

/** Plans the end of stacks, has somebody approve of all of them at once, and destroys servers before `shared`. */
export class Removal {
  constructor(private readonly props: RemovalProps) {}

  /** @returns the exit code. */
  async run({ stacks, all }: Doomed): Promise<number> {
    const { options, settings, folder, signal, tell = (text) => console.log(wrapped(text)) } = this.props;
    await this.expectNoServers(stacks, all);
    const plans = await planStacks(stacks, { ...options, saveTo: folder, isDestroy: true, signal });
    tell(`\n${planSummary(plans)}\n`);
    const failed = reportFailures(plans, settings.terraformCloud);
    const doomed = plans.filter(({ result }) => result === "differs").map(({ stack }) => stack);
    const question = `Destroy ${doomed.join(", ")}? There is no undo.`;
    if (doomed.length > 0 && !options.autoApprove && !(await isApproved(question, signal))) {
      return this.end([...failed, ...doomed]);
    }
    if (doomed.length > 0) {
      await this.props.approved?.();
    }
    const applying = { plans: folder, options, cloud: settings.terraformCloud, signal, tell };
    const servers = doomed.filter((stack) => stack !== SHARED);
    const left = [...failed, ...(await applyPlans(servers, applying))];
    const shared = doomed.filter((stack) => stack === SHARED);
    return this.end([...left, ...(left.length > 0 ? shared : await applyPlans(shared, applying))]);
  }

  /** @throws UserError where servers would be left without `shared`. */
  private async expectNoServers(stacks: readonly string[], all: readonly string[]): Promise<void> {
    if (!stacks.includes(SHARED)) {
      return;
    }
    const others = all.filter((stack) => !stacks.includes(stack));
    const deployed = await inParallel(others, AT_A_TIME, async (stack) =>
      (await isDeployed(stack, this.props.settings.terraformCloud)) ? [stack] : [],
    );
    if (deployed.flat().length > 0) {
      throw new UserError(`The shared stack is needed by ${deployed.flat().join(", ")}`, {
        next: `${COMMAND} destroy '${ALL}' for everything`,
      });
    }
  }

  private end(left: readonly string[]): number {
    if (left.length > 0) {
      console.error(`\nNot destroyed: ${left.join(", ")}`);
    }
    return left.length > 0 ? EXIT.failed : EXIT.ok;
  }
}
