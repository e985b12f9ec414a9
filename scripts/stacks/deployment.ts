import type { Settings } from "../../config/settings/settings";
import { EXIT } from "../commands/exit-codes";
import { wrapped } from "../terminal/wrap";
import { afterDeployment } from "./after-deployment";
import { applyPlans } from "./apply";
import { isApproved } from "./approval";
import type { StackOptions } from "./options";
import { type Planning, planStacks, type StackPlan } from "./plan";
import { reportFailures } from "./plan-failures";
import { planSummary } from "./plan-summary";
import { forgetRestored, isToBeRestored, restore } from "./secret-recovery";
import { SHARED } from "./stack-names";
import { forgetTakenOver } from "./taken-over-connector";
import { takenSecrets } from "./taken-secrets";

export interface DeploymentProps {
  readonly options: StackOptions;
  readonly settings: Settings;
  /** Receives the saved plans. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What became of stacks. */
interface Outcome {
  /** Those that were left as they are: not approved of, or left out. */
  readonly left: readonly string[];
  readonly failed: readonly string[];
}

/** Plans stacks, has somebody approve of all of them at once, and applies exactly what was approved of. */
export class Deployment {
  private readonly planning: Planning;
  /** Plans that were applied. */
  private readonly applied: StackPlan[] = [];

  constructor(private readonly props: DeploymentProps) {
    const { options, folder, signal } = props;
    this.planning = { ...options, saveTo: folder, signal };
  }

  /**
   * @param stacks in the order in which they are deployed. Servers read the outputs of `shared`, and are planned once it is as
   * it should be.
   * @returns the exit code.
   */
  async run(stacks: readonly string[]): Promise<number> {
    const servers = stacks.filter((stack) => stack !== SHARED);
    const shared = stacks.includes(SHARED) ? await planStacks([SHARED], this.planning) : [];
    const isFirst = shared.some(({ result }) => result !== "same");
    if (!isFirst) {
      return this.end(await this.applyOnce([...shared, ...(await this.planServers(servers))]));
    }
    const before = await this.applyOnce(shared);
    if (before.left.length > 0 || before.failed.length > 0) {
      return this.end({ ...before, left: [...before.left, ...servers] });
    }
    return this.end(servers.length === 0 ? before : await this.applyOnce(await this.planServers(servers)));
  }

  private async planServers(servers: readonly string[]): Promise<StackPlan[]> {
    return servers.length === 0 ? [] : planStacks(servers, this.planning);
  }

  private async applyOnce(planned: readonly StackPlan[]): Promise<Outcome> {
    const restored: string[] = [];
    try {
      const { plans, left } = await this.withSecrets(planned, restored);
      return await this.applyApproved(plans, left);
    } finally {
      await forgetRestored(restored);
    }
  }

  private async applyApproved(plans: readonly StackPlan[], left: readonly string[]): Promise<Outcome> {
    const { options, settings, folder, signal } = this.props;
    const cloud = settings.terraformCloud;
    console.log(wrapped(`\n${planSummary(plans)}\n`));
    const failed = reportFailures(plans, cloud);
    const changed = plans
      .filter(({ stack, result }) => result === "differs" && !left.includes(stack))
      .map(({ stack }) => stack);
    if (changed.length === 0) {
      return { left, failed };
    }
    const question = `Apply ${changed.length === 1 ? "this plan" : `these ${changed.length} plans`}: ${changed.join(", ")}?`;
    if (!options.autoApprove && !(await isApproved(question, signal))) {
      return { left: [...left, ...changed], failed };
    }
    const notApplied = await applyPlans(changed, { plans: folder, options, cloud, signal });
    const applied = changed.filter((stack) => !notApplied.includes(stack));
    await forgetTakenOver(applied);
    this.applied.push(...plans.filter(({ stack }) => applied.includes(stack)));
    return { left, failed: [...failed, ...notApplied] };
  }

  /** Finds secrets that stand in the way. Stacks whose secrets are taken over are planned again, with them; others are left out. */
  private async withSecrets(planned: readonly StackPlan[], restored: string[]) {
    const { options, settings, signal } = this.props;
    const left: string[] = [];
    for (const secret of await takenSecrets(planned, settings.region)) {
      if (await isToBeRestored(secret, options, signal)) {
        restored.push(secret.stack);
        await restore(secret, settings.region);
      } else {
        left.push(secret.stack);
      }
    }
    const again = restored.length === 0 ? [] : await planStacks(restored, this.planning);
    const plans = planned.map((plan) => again.find(({ stack }) => stack === plan.stack) ?? plan);
    return { plans, left };
  }

  private end({ left, failed }: Outcome): number {
    if (left.length > 0 || failed.length > 0) {
      console.error(`\nNot deployed: ${[...failed, ...left].join(", ")}`);
    }
    const next = afterDeployment(this.applied);
    if (next !== undefined) {
      console.log(`\nNext: ${next}`);
    }
    return left.length > 0 || failed.length > 0 ? EXIT.failed : EXIT.ok;
  }
}
