import { DataResource } from "cdktf";
import { Construct } from "constructs";

/** What to do about a state of another Region; ends what Terraform says of it. */
const ADVICE =
  "A second Region is an installation of its own, with a state of its own: see docs/operations.md, Two Regions.";

export interface OneRegionProps {
  /** Region that the stack is synthesized for. */
  readonly region: string;
  /** Whether Terraform keeps the state itself, in a file or a bucket, and could keep one for each of its workspaces. */
  readonly hasWorkspaces: boolean;
}

/** Another workspace of Terraform would keep a state of its own, read the default one's shared stack, and have the same names in AWS. */
const ONLY_WORKSPACE = {
  condition: `\${terraform.workspace == "default"}`,
  errorMessage:
    `This is Terraform's workspace \${terraform.workspace}, and only default may be used. A second ` +
    "installation is an environment: see docs/environments.md.",
};

/**
 * Remembers in a stack's state for which Region it was first applied, and has Terraform refuse every plan for another
 * one. The provider would find none of the state's resources there, forget them all, and create them a second time. Refuses
 * workspaces that do not belong to the installation. Grants nothing.
 */
export class OneRegion extends Construct {
  constructor(scope: Construct, id: string, { region, hasWorkspaces }: OneRegionProps) {
    super(scope, id);
    new DataResource(this, "data", {
      input: { region },
      lifecycle: {
        ignoreChanges: ["input"],
        ...(hasWorkspaces ? { precondition: [ONLY_WORKSPACE] } : {}),
        postcondition: [
          {
            condition: isRegion("self.output.region", region),
            errorMessage: `This state belongs to the Region \${self.output.region}, and the settings say ${region}. ${ADVICE}`,
          },
        ],
      },
    });
  }
}

/**
 * That a state which a stack reads from is of the stack's own Region: for the `postcondition` of its data source.
 * @param output an output of that state which is an ARN with a Region.
 */
export function fromOneRegion(region: string, output: string): Record<string, unknown>[] {
  const found = `split(":", self.outputs.${output})[3]`;
  return [
    {
      condition: isRegion(found, region),
      error_message: `The shared stack is in \${${found}}, and the settings say ${region}. ${ADVICE}`,
    },
  ];
}

const isRegion = (expression: string, region: string): string => `\${${expression} == "${region}"}`;
