import { type ApiAnswer, type ApiRequest, type Handler, NO_CONTENT, NOT_FOUND, type Routes } from "./api";
import { outputDocuments, stateDocument } from "./documents";
import type { Organization } from "./organization";
import type { StateVersion } from "./workspace";
import { forWorkspace } from "./workspace-routes";

/** The calls about states. @param url of the service, without a path. */
export function stateRoutes(organization: Organization, url: string): Routes {
  const { workspaces } = organization;
  const withWorkspace = forWorkspace(organization);

  const withState =
    (answer: (state: StateVersion, request: ApiRequest) => ApiAnswer): Handler =>
    (request) => {
      const state = workspaces.flatMap(({ states }) => states).find(({ id }) => id === request.names[0]);
      return state === undefined ? NOT_FOUND : answer(state, request);
    };

  const stateAnswer = (state: StateVersion): ApiAnswer => ({
    data: stateDocument(state, { state: `${url}/states/${state.id}`, json: `${url}/json-states/${state.id}` }),
  });

  return {
    "GET /api/v2/workspaces/*/current-state-version": withWorkspace(({ state }) =>
      state === undefined ? NOT_FOUND : stateAnswer(state),
    ),
    "GET /api/v2/workspaces/*/current-state-version-outputs": withWorkspace(({ state }) =>
      state === undefined ? NOT_FOUND : { data: outputDocuments(state) },
    ),
    "POST /api/v2/workspaces/*/state-versions": withWorkspace((workspace) => stateAnswer(workspace.addState(""))),
    "GET /api/v2/state-versions/*": withState(stateAnswer),
    "GET /states/*": withState(({ text }) => ({ text })),
    "PUT /states/*": withState((state, { body }) => {
      state.text = body.toString();
      return NO_CONTENT;
    }),
    "PUT /json-states/*": () => NO_CONTENT,
  };
}
