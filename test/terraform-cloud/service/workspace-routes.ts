import {
  type ApiAnswer,
  type ApiRequest,
  type Caller,
  CONFLICT,
  type Handler,
  NO_CONTENT,
  NOT_FOUND,
  type Routes,
  readBody,
} from "./api";
import { projectDocument, workspaceDocument } from "./documents";
import type { Organization } from "./organization";
import type { Workspace } from "./workspace";

/** The calls about the organization, its projects and its workspaces. */
export function workspaceRoutes(organization: Organization): Routes {
  const { name, projects } = organization;
  const withWorkspace = forWorkspace(organization);

  const inOrganization =
    (handler: Handler): Handler =>
    (request) =>
      request.names[0] === name ? handler({ ...request, names: request.names.slice(1) }) : NOT_FOUND;

  const createWorkspace: Handler = ({ caller, body }) => {
    const { attributes, relationships } = readBody(body);
    // That a run may create no workspace is an assumption: the documentation lists no permissions of a run's token.
    return caller.workspace !== undefined || attributes.name === undefined
      ? NOT_FOUND
      : { data: workspaceDocument(organization.addWorkspace(attributes.name, relationships.project?.data?.id)) };
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
  };
}

/** Finds the workspace that a path names first, by id or name, for callers that may see it. */
export function forWorkspace({ workspaces }: Organization) {
  return (answer: (workspace: Workspace, request: ApiRequest) => ApiAnswer): Handler =>
    (request) => {
      const workspace = workspaces.find(({ id, name }) => [id, name].includes(request.names[0] ?? ""));
      return workspace !== undefined && isReadable(workspace, request.caller) ? answer(workspace, request) : NOT_FOUND;
    };
}

/**
 * A run may read the state of its own workspace, and of those that share theirs. That the others are not found, rather than
 * forbidden, is an assumption: the API's documentation says so of what a token may not see.
 */
function isReadable(workspace: Workspace, { workspace: own }: Caller): boolean {
  return own === undefined || own === workspace || workspace.sharesState;
}
