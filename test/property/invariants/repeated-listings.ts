import type { ListingRequest } from "../../../engine/ports/services";
import type { Report } from "../../../engine/report";
import { MAX_ATTEMPTS } from "../../../engine/transfers/batches";
import type { Invocation } from "../world/invocation";
import { type Listing, mayPass } from "../world/listings";
import { LISTING_SECONDS, type World } from "../world/world";

/** Failures that may pass, or of which nobody knows better. */
const PASSING = ["connection", "other", "no-result"];

/** Of the time for all three attempts the first has one, the second two, the third three. */
const SHARES = 6;

/** A folder is listed again for a reason, after a pause, and is given up after as many attempts as a file. */
export class RepeatedListings {
  constructor(
    private readonly world: World,
    /** Whether a Lambda of a run died, was doubled, or missed an answer: then it may not know what it has asked for. */
    private readonly isStruck: (run: string) => boolean,
  ) {}

  /** @returns what is wrong with asking for a listing, the run's earlier ones being known. */
  asked({ run, execution }: Invocation, { folder }: ListingRequest): string[] {
    const earlier = this.of(execution.context.prefix, folder);
    const last = earlier.at(-1);
    if (last === undefined || this.isStruck(run)) {
      return [];
    }
    const now = this.world.clock.now().getTime();
    const pause = execution.env.timeouts.listingPause * 1000;
    const isDue =
      last.failure === undefined
        ? now - last.askedAt.getTime() >= LISTING_SECONDS * (earlier.length / SHARES) * 1000 + pause
        : mayPass(last.failure.reason) && now - last.failure.at.getTime() >= pause;
    return [
      ...(isDue ? [] : [`${run} lists ${folder} again without a reason`]),
      ...(earlier.length >= MAX_ATTEMPTS ? [`${run} lists ${folder} again and again`] : []),
    ];
  }

  /** @returns what is wrong with giving folders up. */
  givenUp({ run, execution }: Invocation, { failures }: Report): string[] {
    return failures
      .filter(({ error, kind }) => error?.startsWith("Listing") && kind !== undefined && PASSING.includes(kind))
      .filter(({ path }) => this.of(execution.context.prefix, path).length < MAX_ATTEMPTS)
      .map(({ path }) => `${run} gave the folder ${path} up early`);
  }

  private of(runPrefix: string, folder: string): Listing[] {
    return this.world.listings.asked.filter(
      ({ request }) => request.folder === folder && request.outputDirectory.includes(`/${runPrefix}`),
    );
  }
}
