import { expect } from "chai";
import * as z from "zod";
import { expectConvergence, expectNoViolation } from "../property/expectations";
import { different, takenForUnchanged } from "./believed";
import { type Choose, explore, type Path, replay } from "./explore";
import type { Plan } from "./plan";
import { Stage } from "./stage";

/** Once nothing happens any more, everything is as it should be within so many runs. */
const RUNS_TO_CONVERGE = 2;

/** The way that a failure names; with it, a test plays nothing else, and tells what happens. */
const { EXPLORATION_PATH } = process.env;

/** Whether there is time for everything. */
export const IS_LONG = process.env.EXPLORATION === "long";

const pathSchema = z.array(z.tuple([z.int(), z.int()]));

/**
 * Plays a plan in every way it may go, and expects everybody to behave in all of them, and everything to be in S3 in the end.
 * @param atLeast so many states: with fewer, something was not tried.
 */
export async function expectSafety(title: string, plan: Plan, atLeast: number): Promise<void> {
  if (EXPLORATION_PATH !== undefined) {
    await retell(plan, pathSchema.parse(JSON.parse(EXPLORATION_PATH)));
    return;
  }
  const { plays, states, failures } = await explore((choose) => play(new Play(plan, choose)));
  console.log(`      ${states} states in ${plays} plays: ${title}`);
  for (const [message, path] of failures) {
    const again = `EXPLORATION_PATH='${JSON.stringify(path)}' npm run test:exploration -- --grep ${JSON.stringify(title)}`;
    throw new Error(`${message}\n${await told(plan, path)}\nTo play it again: ${again}`);
  }
  expect(states, "states").to.be.at.least(atLeast);
}

/** One play, and what went wrong in its runs. */
class Play {
  readonly problems: string[] = [];
  readonly stage: Stage;

  constructor(plan: Plan, choose: Choose) {
    this.stage = new Stage(plan, choose, (world, execution) => {
      this.problems.push(...takenForUnchanged(world, execution));
    });
  }
}

async function play({ stage, problems }: Play): Promise<void> {
  const { world } = stage;
  await stage.play();
  expect(problems.join("\n"), "taken for unchanged").to.equal("");
  expectNoViolation(world);
  await expectConvergence(world, RUNS_TO_CONVERGE);
  expect(different(world).join("\n"), "taken for unchanged in the end").to.equal("");
}

async function retell(plan: Plan, path: Path): Promise<void> {
  console.log(await told(plan, path));
  await replay((choose) => play(new Play(plan, choose)), path);
}

async function told(plan: Plan, path: Path): Promise<string> {
  let trace: readonly string[] = [];
  await replay(async (choose) => {
    const { stage } = new Play(plan, choose);
    trace = stage.trace;
    await stage.play();
  }, path).catch(() => undefined);
  return trace.map((line) => `  ${line}`).join("\n");
}
