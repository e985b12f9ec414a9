import { type BundledPackage, idOf } from "./bundled-packages";

const RULE = "-".repeat(80);

/**
 * What the licences of packages ask of whoever passes on a bundle of them: a list, and each text once, however many packages
 * have it.
 * @param bundle name of the file that holds their code.
 */
export function thirdPartyNotices(bundle: string, packages: readonly BundledPackage[]): string {
  const list = packages.map((one) => {
    const text = one.texts.length === 0 ? ", no licence text in its archive" : "";
    return `  ${idOf(one)} (${one.licence ?? "no licence declared"}${text})`;
  });
  const owners = new Map<string, string[]>();
  for (const one of packages) {
    for (const text of new Set(one.texts.map(plain))) {
      owners.set(text, [...(owners.get(text) ?? []), idOf(one)]);
    }
  }
  const texts = [...owners].map(([text, ids]) => `${RULE}\n${ids.join("\n")}\n\n${text}\n`);
  const title = `${bundle} contains code of these packages from npm's registry:`;
  const head = list.length === 0 ? [`${bundle} contains no code of other packages.`] : [title, "", ...list];
  return `${head.join("\n")}\n${texts.map((text) => `\n${text}`).join("")}`;
}

/** Without what differs between copies of the same text: ends of lines, and space around them. */
function plain(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  return lines.join("\n").replace(/^\n+|\n+$/g, "");
}
