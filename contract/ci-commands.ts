/** Where GitHub Actions and Azure Pipelines look for commands to them: anywhere in a line, or at its beginning. */
const ANYWHERE = /##(?=\[|vso\[)/g;
const AT_BEGINNING = /^([^\S\n]*):(?=:)/gm;

/** Text with words of others in it, as a log of CI may hold it: none of its lines is a command to CI. */
export function withoutCiCommands(text: string): string {
  return text.replaceAll(ANYWHERE, "# #").replaceAll(AT_BEGINNING, "$1: ");
}

/** The same of JSON, whose values stay what they are; no line of it begins with a colon. */
export function jsonWithoutCiCommands(json: string): string {
  return json.replaceAll(ANYWHERE, "#\\u0023");
}
