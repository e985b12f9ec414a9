/** What the commands for stacks may be told. */
export interface StackOptions {
  /** Names of stacks or servers, or patterns for them; none for all stacks. */
  readonly names: readonly string[];
  /** Options of `terraform plan`; some of them count for `terraform apply` as well. */
  readonly terraform: readonly string[];
  /** Whether what was synthesized last is used. */
  readonly skipSynth: boolean;
  /** How many stacks are planned or applied at a time. */
  readonly parallelism: number;
  /** Whether plans are applied without anybody's approval. */
  readonly autoApprove: boolean;
  /** Whether secrets that have the names of those to create are restored and taken over, without a question. */
  readonly restoreSecrets: boolean;
  /** Receives the outputs of the stacks, as JSON. */
  readonly outputsFile: string | undefined;
  readonly outputsFileIncludeSensitiveOutputs: boolean;
  /** Whether JSON is printed. */
  readonly json: boolean;
}
