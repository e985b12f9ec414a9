/** The package ships no types; this is the part that the tests use. */
declare module "asl-validator" {
  interface Result {
    readonly isValid: boolean;
    readonly errors: readonly { readonly "Error code": string; readonly Message: string }[];
  }

  export default function validate(
    definition: object,
    options: { readonly checkPaths: boolean; readonly checkArn: boolean },
  ): Result;
}
