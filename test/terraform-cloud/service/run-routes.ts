import { type ApiAnswer, type Handler, NO_CONTENT, NOT_FOUND, type Routes, readBody } from "./api";
import { configurationDocument, phaseDocument, runDocument, workspaceDocument } from "./documents";
import type { Organization } from "./organization";
import { type ConfigurationVersion, type Phase, Run } from "./run";
import { forWorkspace } from "./workspace-routes";

/** The calls about what is uploaded, and about its runs. @param url of the service, without a path. */
export function runRoutes(organization: Organization, url: string): Routes {
  const { workspaces, configurations } = organization;
  const withWorkspace = forWorkspace(organization);

  const withRun =
    (answer: (run: Run) => ApiAnswer): Handler =>
    ({ names }) => {
      const run = organization.runs.find(({ id }) => id === names[0]);
      return run === undefined ? NOT_FOUND : answer(run);
    };

  const configurationAnswer = (configuration: ConfigurationVersion): ApiAnswer => ({
    data: configurationDocument(configuration, `${url}/slugs/${configuration.id}`),
  });

  const phaseAnswer =
    (type: "plans" | "applies", phaseOf: (run: Run) => Phase): Handler =>
    ({ names }) => {
      const run = organization.runs.find((other) => phaseOf(other).id === names[0]);
      return run === undefined
        ? NOT_FOUND
        : { data: phaseDocument(type, phaseOf(run), run.hasChanges, `${url}/logs/${phaseOf(run).id}`) };
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
      isSaved: attributes["save-plan"] ?? false,
      isApproved: attributes["auto-apply"] ?? false,
    });
    organization.start(run);
    return { data: runDocument(run) };
  };

  return {
    "GET /api/v2/workspaces/*/runs": withWorkspace(({ runs }) => ({ data: runs.map(runDocument) })),
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
    "GET /api/v2/runs/*": withRun((run) => ({
      data: runDocument(run),
      included: [workspaceDocument(run.workspace)],
    })),
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
  };
}
