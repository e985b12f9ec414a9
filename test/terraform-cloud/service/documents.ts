import * as z from "zod";
import type { ConfigurationVersion, Phase, Run } from "./run";
import type { Project, StateVersion, Workspace } from "./workspace";

/** A resource of a JSON:API document. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, { readonly data: Reference }>>;
}

interface Reference {
  readonly id: string;
  readonly type: string;
}

const referenceTo = (type: string, { id }: { readonly id: string }) => ({ data: { id, type } });

export function projectDocument({ id, name }: Project): Resource {
  return { id, type: "projects", attributes: { name } };
}

/** The client looks at these before it asks for something. */
const PERMISSIONS = Object.fromEntries(
  ["queue-run", "queue-apply", "queue-destroy", "update", "lock", "unlock", "read-settings"].map((what) => [
    `can-${what}`,
    true,
  ]),
);

export function workspaceDocument(workspace: Workspace): Resource {
  const { id, name, executionMode, isLocked, isVcsDriven, terraformVersion, project, currentRun } = workspace;
  return {
    id,
    type: "workspaces",
    attributes: {
      name,
      "auto-apply": false,
      "execution-mode": executionMode,
      operations: executionMode === "remote",
      locked: isLocked,
      "terraform-version": terraformVersion,
      "vcs-repo": isVcsDriven ? { identifier: "acme/feeds" } : null,
      permissions: PERMISSIONS,
    },
    relationships: {
      project: referenceTo("projects", project),
      ...(currentRun === undefined ? {} : { "current-run": referenceTo("runs", currentRun) }),
    },
  };
}

export function configurationDocument({ id, slug, isSpeculative }: ConfigurationVersion, uploadUrl: string): Resource {
  return {
    id,
    type: "configuration-versions",
    attributes: {
      status: slug === undefined ? "pending" : "uploaded",
      speculative: isSpeculative,
      "upload-url": uploadUrl,
    },
  };
}

export function runDocument(run: Run): Resource {
  const { id, status, hasChanges, isPlanOnly, isSaved, isDestroy, isApproved, isPlanned } = run;
  const { workspace, configuration, plan, apply } = run;
  return {
    id,
    type: "runs",
    attributes: {
      status,
      "auto-apply": isApproved,
      "has-changes": hasChanges,
      "is-destroy": isDestroy,
      "plan-only": isPlanOnly,
      "save-plan": isSaved,
      actions: { "is-cancelable": status === "planning", "is-confirmable": isPlanned, "is-discardable": isPlanned },
      permissions: { "can-apply": true, "can-cancel": true, "can-discard": true },
    },
    relationships: {
      workspace: referenceTo("workspaces", workspace),
      "configuration-version": referenceTo("configuration-versions", configuration),
      plan: referenceTo("plans", plan),
      apply: referenceTo("applies", apply),
    },
  };
}

export function phaseDocument(type: "plans" | "applies", phase: Phase, hasChanges: boolean, logUrl: string): Resource {
  const { id, status } = phase;
  return { id, type, attributes: { status, "has-changes": hasChanges, "log-read-url": logUrl } };
}

export interface StateUrls {
  readonly state: string;
  readonly json: string;
}

export function stateDocument({ id, text }: StateVersion, urls: StateUrls): Resource {
  return {
    id,
    type: "state-versions",
    attributes: {
      status: text === "" ? "pending" : "finalized",
      "resources-processed": true,
      "hosted-state-download-url": urls.state,
      "hosted-state-upload-url": urls.state,
      "hosted-json-state-upload-url": urls.json,
    },
  };
}

const stateSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({ value: z.unknown(), type: z.unknown(), sensitive: z.boolean().default(false) }),
  ),
});

export function outputDocuments({ id, text }: StateVersion): Resource[] {
  return Object.entries(stateSchema.parse(JSON.parse(text)).outputs).map(([name, { value, type, sensitive }]) => ({
    id: `${id}-${name}`,
    type: "state-version-outputs",
    attributes: { name, value, sensitive, type: typeof type === "string" ? type : "array", "detailed-type": type },
  }));
}
