/** Start of a reference that CDKTF has yet to write out; it must stay as it is. */
const UNLESS_REFERENCE = "(?!TfToken\\[)";

const INTERPOLATION = new RegExp(`\\$\\{${UNLESS_REFERENCE}`, "g");

/**
 * Text from a definition as Terraform must be given it: `${` and `%{` would begin a template there, and a remote folder
 * or a glob may hold either. References of CDKTF within the text are kept.
 */
export function literal(text: string): string {
  return text.replace(INTERPOLATION, () => "$${").replaceAll("%{", "%%{");
}

/** A value as JSON text for Terraform, with references of CDKTF anywhere inside. Keys keep their order. */
export function jsonText(value: unknown): string {
  return literal(JSON.stringify(value));
}
