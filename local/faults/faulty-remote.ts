import { setTimeout as sleep } from "node:timers/promises";
import type { RemoteFiles } from "../transfer/connector";
import type { ListedFile, ListingDocument } from "../transfer/list-folder";
import { RemoteFailure } from "../transfer/remote-failure";
import type { FaultPlan } from "./faults-schema";
import { matchesGlob } from "./globs";
import { Triggers } from "./trigger";

/** Listings and files as a remote server spoils them. */
export class FaultyRemote {
  private readonly delays: Triggers<FaultPlan["DelayListing"][number]>;
  private readonly listings: Triggers<FaultPlan["FailListing"][number]>;
  private readonly truncations: Triggers<FaultPlan["TruncateListing"][number]>;
  private readonly omissions: Triggers<FaultPlan["OmitAttributes"][number]>;
  private readonly booleans: Triggers<FaultPlan["BooleanTruncated"][number]>;
  private readonly files: Triggers<FaultPlan["FailFile"][number]>;
  private readonly fileDelays: Triggers<FaultPlan["DelayFile"][number]>;

  constructor(plan: FaultPlan) {
    this.delays = new Triggers(plan.DelayListing);
    this.listings = new Triggers(plan.FailListing);
    this.truncations = new Triggers(plan.TruncateListing);
    this.omissions = new Triggers(plan.OmitAttributes);
    this.booleans = new Triggers(plan.BooleanTruncated);
    this.files = new Triggers(plan.FailFile);
    this.fileDelays = new Triggers(plan.DelayFile);
  }

  around(next: RemoteFiles): RemoteFiles {
    return {
      list: async (folder, maxItems) => {
        const inFolder = ({ Folder }: { readonly Folder: string }) => matchesGlob(Folder, folder);
        await pause(this.delays.strike(inFolder));
        throwStruck(this.listings.strike(inFolder), folder);
        const document = this.truncate(this.omit(await next.list(folder, maxItems)), inFolder);
        const truncated = String(document.truncated) === "true";
        return this.booleans.strike(inFolder) === undefined ? document : { ...document, truncated };
      },
      retrieve: async (path, consume) => {
        const isFile = ({ File }: { readonly File: string }) => matchesGlob(File, path);
        await pause(this.fileDelays.strike(isFile));
        throwStruck(this.files.strike(isFile), path);
        return next.retrieve(path, consume);
      },
    };
  }

  private omit(document: ListingDocument): ListingDocument {
    return { ...document, files: document.files.map((file) => this.omitFrom(file)) };
  }

  private omitFrom(file: ListedFile): ListedFile {
    const fault = this.omissions.strike(({ File }) => matchesGlob(File, file.filePath));
    if (fault === undefined) {
      return file;
    }
    const { filePath, modifiedTimestamp, size } = file;
    const keeps = (name: "modifiedTimestamp" | "size") => !fault.Attributes.includes(name);
    return {
      filePath,
      ...(modifiedTimestamp !== undefined && keeps("modifiedTimestamp") ? { modifiedTimestamp } : {}),
      ...(size !== undefined && keeps("size") ? { size } : {}),
    };
  }

  private truncate(
    document: ListingDocument,
    inFolder: (fault: { readonly Folder: string }) => boolean,
  ): ListingDocument {
    const entries = this.truncations.strike(inFolder)?.Entries;
    if (entries === undefined) {
      return document;
    }
    const files = document.files.slice(0, entries);
    return { files, paths: document.paths.slice(0, entries - files.length), truncated: "true" };
  }
}

async function pause(fault: { readonly Seconds: number } | undefined): Promise<void> {
  if (fault !== undefined) {
    await sleep(fault.Seconds * 1000);
  }
}

function throwStruck(fault: FaultPlan["FailFile" | "FailListing"][number] | undefined, path: string): void {
  if (fault !== undefined) {
    throw new RemoteFailure(fault.Code, fault.Message ?? `An injected fault: ${path}`);
  }
}
