import * as z from "zod";
import {
  configurationDocument,
  outputDocuments,
  phaseDocument,
  projectDocument,
  type Resource,
  runDocument,
  stateDocument,
  workspaceDocument,
} from "./documents";
import type { Organization } from "./organization";
import { type ConfigurationVersion, type Phase, Run } from "./run";
import type { StateVersion, Workspace } from "./workspace";

/** Who asks: a person, or the run of a workspace. */
export interface Caller {
  /** Undefined for a person, who may do everything. */
  readonly workspace?: Workspace;
}

export interface ApiRequest {
  readonly caller: Caller;
  /** The segments of the path that a pattern leaves open, in their order. */
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What is answered: a document's data, the text of a file, or just a status. */
export type ApiAnswer =
  | { readonly data: Resource | readonly Resource[] }
  | { readonly text: string | Buffer; readonly contentType?: string }
  | { readonly status: number };

type Handler = (request: ApiRequest) => ApiAnswer;

/** By method and path, with `*` for any one segment. */
export type Routes = Readonly<Record<string, Handler>>;

const NOT_FOUND: ApiAnswer = { status: 404 };
const NO_CONTENT: ApiAnswer = { status: 204 };
const CONFLICT: ApiAnswer = { status: 409 };

const bodySchema = z.object({
  data: z.object({
    attributes: z
      .looseObject({
        name: z.string().optional(),
        speculative: z.boolean().nullish(),
        "is-destroy": z.boolean().nullish(),
        "plan-only": z.boolean().nullish(),
        "auto-apply": z.boolean().nullish(),
        "terraform-version": z.string().optional(),
      })
      .prefault({}),
    relationships: z.record(z.string(), z.object({ data: z.object({ id: z.string() }).nullish() })).default({}),
  }),
});

/** The calls that the client makes. @param url of the service, without a path. */
export function routesOf(organization: Organization, url: string): Routes {
  const { name, projects, workspaces, configurations } = organization;
  const inOrganization =
    (handler: Handler): Handler =>
    (request) =>
      request.names[0] === name ? handler({ ...request, names: request.names.slice(1) }) : NOT_FOUND;

  const withWorkspace =
    (answer: (workspace: Workspace, request: ApiRequest) => ApiAnswer): Handler =>
    (request) => {
      const workspace = workspaces.find(({ id, name }) => [id, name].includes(request.names[0] ?? ""));
      return workspace !== undefined && isReadable(workspace, request.caller) ? answer(workspace, request) : NOT_FOUND;
    };

  const withRun =
    (answer: (run: Run) => ApiAnswer): Handler =>
    ({ names }) => {
      const run = organization.runs.find(({ id }) => id === names[0]);
      return run === undefined ? NOT_FOUND : answer(run);
    };

  const withState =
    (answer: (state: StateVersion, request: ApiRequest) => ApiAnswer): Handler =>
    (request) => {
      const state = workspaces.flatMap(({ states }) => states).find(({ id }) => id === request.names[0]);
      return state === undefined ? NOT_FOUND : answer(state, request);
    };

  const configurationAnswer = (configuration: ConfigurationVersion): ApiAnswer => ({
    data: configurationDocument(configuration, `${url}/slugs/${configuration.id}`),
  });

  const stateAnswer = (state: StateVersion): ApiAnswer => ({
    data: stateDocument(state, { state: `${url}/states/${state.id}`, json: `${url}/json-states/${state.id}` }),
  });

  const phaseAnswer =
    (type: "plans" | "applies", phaseOf: (run: Run) => Phase): Handler =>
    ({ names }) => {
      const run = organization.runs.find((other) => phaseOf(other).id === names[0]);
      return run === undefined
        ? NOT_FOUND
        : { data: phaseDocument(type, phaseOf(run), run.hasChanges, `${url}/logs/${phaseOf(run).id}`) };
    };

  const createWorkspace: Handler = ({ caller, body }) => {
    const { attributes, relationships } = readBody(body);
    // That a run may create no workspace is an assumption: the documentation lists no permissions of a run's token.
    return caller.workspace !== undefined || attributes.name === undefined
      ? NOT_FOUND
      : { data: workspaceDocument(organization.addWorkspace(attributes.name, relationships.project?.data?.id)) };
  };

  const createRun: Handler = ({ body }) => {
    const { attributes, relationships } = readBody(body);
    const workspace = workspaces.find(({ id }) => id === relationships.workspace?.data?.id);
    const configuration = configurations.find(({ id }) => id === relationships["configuration-version"]?.data?.id);
    if (workspace === undefined || configuration === undefined) {
      return NOT_FOUND;
    }
    const run = new Run(`run-${workspace.name}-${workspace.runs.length + 1}`, workspace, configuration, {
      isDestroy: attributes["is-destroy"] ?? false,
      isPlanOnly: attributes["plan-only"] ?? configuration.isSpeculative,
      isApproved: attributes["auto-apply"] ?? false,
    });
    organization.start(run);
    return { data: runDocument(run) };
  };

  return {
    "GET /api/v2/ping": () => NO_CONTENT,
    "GET /api/v2/organizations/*/entitlement-set": inOrganization(() => ({
      data: { id: name, type: "entitlement-sets", attributes: { operations: true, "state-storage": true } },
    })),
    "GET /api/v2/organizations/*/projects": inOrganization(({ query }) => ({
      data: projects.filter((project) => project.name === query.get("filter[names]")).map(projectDocument),
    })),
    "POST /api/v2/organizations/*/projects": inOrganization(({ body }) => ({
      data: projectDocument(organization.addProject(readBody(body).attributes.name ?? "")),
    })),
    "POST /api/v2/organizations/*/workspaces": inOrganization(createWorkspace),
    "GET /api/v2/organizations/*/workspaces/*": inOrganization(
      withWorkspace((workspace) => ({ data: workspaceDocument(workspace) })),
    ),
    "GET /api/v2/workspaces/*": withWorkspace((workspace) => ({ data: workspaceDocument(workspace) })),
    "PATCH /api/v2/workspaces/*": withWorkspace((workspace, { body }) => {
      workspace.terraformVersion = readBody(body).attributes["terraform-version"] ?? workspace.terraformVersion;
      return { data: workspaceDocument(workspace) };
    }),
    "GET /api/v2/workspaces/*/runs": withWorkspace(({ runs }) => ({ data: runs.map(runDocument) })),
    "POST /api/v2/workspaces/*/actions/lock": withWorkspace((workspace) => {
      if (workspace.isLocked) {
        return CONFLICT;
      }
      workspace.isLocked = true;
      return { data: workspaceDocument(workspace) };
    }),
    "POST /api/v2/workspaces/*/actions/unlock": withWorkspace((workspace) => {
      workspace.isLocked = false;
      organization.goOn(workspace);
      return { data: workspaceDocument(workspace) };
    }),
    "GET /api/v2/workspaces/*/current-state-version": withWorkspace(({ state }) =>
      state === undefined ? NOT_FOUND : stateAnswer(state),
    ),
    "GET /api/v2/workspaces/*/current-state-version-outputs": withWorkspace(({ state }) =>
      state === undefined ? NOT_FOUND : { data: outputDocuments(state) },
    ),
    "POST /api/v2/workspaces/*/state-versions": withWorkspace((workspace) => stateAnswer(workspace.addState(""))),
    "GET /api/v2/state-versions/*": withState(stateAnswer),
    "POST /api/v2/workspaces/*/configuration-versions": withWorkspace(({ name }, { body }) => {
      const { speculative } = readBody(body).attributes;
      const configuration = { id: `cv-${name}-${configurations.length + 1}`, isSpeculative: speculative ?? false };
      configurations.push(configuration);
      return configurationAnswer(configuration);
    }),
    "GET /api/v2/configuration-versions/*": ({ names }) => {
      const configuration = configurations.find(({ id }) => id === names[0]);
      return configuration === undefined ? NOT_FOUND : configurationAnswer(configuration);
    },
    "PUT /slugs/*": ({ names, body }) => {
      const configuration = configurations.find(({ id }) => id === names[0]);
      if (configuration === undefined) {
        return NOT_FOUND;
      }
      configuration.slug = body;
      return NO_CONTENT;
    },
    "POST /api/v2/runs": createRun,
    "GET /api/v2/runs/*": withRun((run) => ({ data: runDocument(run) })),
    "GET /api/v2/runs/*/run-events": withRun(() => ({ data: [] })),
    "POST /api/v2/runs/*/actions/apply": withRun((run) => {
      organization.approve(run);
      return { status: 202 };
    }),
    "POST /api/v2/runs/*/actions/discard": withRun((run) => {
      organization.discard(run);
      return { status: 202 };
    }),
    "GET /api/v2/plans/*": phaseAnswer("plans", ({ plan }) => plan),
    "GET /api/v2/applies/*": phaseAnswer("applies", ({ apply }) => apply),
    "GET /logs/*": ({ names, query }) => {
      const phases = organization.runs.flatMap(({ plan, apply }) => [plan, apply]);
      const phase = phases.find(({ id }) => id === names[0]);
      const offset = Number(query.get("offset"));
      return phase === undefined
        ? NOT_FOUND
        : { text: Buffer.from(phase.log).subarray(offset, offset + Number(query.get("limit"))) };
    },
    "GET /states/*": withState(({ text }) => ({ text })),
    "PUT /states/*": withState((state, { body }) => {
      state.text = body.toString();
      return NO_CONTENT;
    }),
    "PUT /json-states/*": () => NO_CONTENT,
  };
}

/**
 * A run may read the state of its own workspace, and of those that share theirs. That the others are not found, rather than
 * forbidden, is an assumption: the API's documentation says so of what a token may not see.
 */
function isReadable(workspace: Workspace, { workspace: own }: Caller): boolean {
  return own === undefined || own === workspace || workspace.sharesState;
}

function readBody(body: Buffer): z.infer<typeof bodySchema>["data"] {
  return bodySchema.parse(JSON.parse(body.toString())).data;
}
