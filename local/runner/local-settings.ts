import type { Settings } from "../../config/settings/settings";
import { LOCAL_REGION } from "../deployment/account";

/** Nothing paces the local connector, and nothing has to be spared. */
const LISTINGS_PER_SECOND = 1000;

/** A transfer whose id was lost ended with the process that made it: there is nothing to wait for. */
const IN_DOUBT_SECONDS = 1;

/** Enough for a server that comes back within seconds. */
const LISTING_PAUSE_SECONDS = 1;

/** Nobody else is refused at the same time. */
const MAX_PAUSE_SECONDS = 1;

/** The settings of a deployment on this machine: unthrottled, in the one Region there is, with the state beside it. */
export function localSettings({ terraformCloud: _, s3Backend: __, ...settings }: Settings): Settings {
  return {
    ...settings,
    region: LOCAL_REGION,
    connectorLimits: { ...settings.connectorLimits, listingsPerSecond: LISTINGS_PER_SECOND },
    timeouts: {
      ...settings.timeouts,
      inDoubt: Math.min(settings.timeouts.inDoubt, IN_DOUBT_SECONDS),
      listingPause: LISTING_PAUSE_SECONDS,
      maxPause: MAX_PAUSE_SECONDS,
    },
  };
}
