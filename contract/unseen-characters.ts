/** What has no width or turns the direction of writing. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Zero-width joiners belong to scripts whose letters join, such as those of Persian and Hindi. */
const JOINERS: readonly string[] = ["\u200c", "\u200d"];
const JOINING = /(?!\p{scx=Latin}|\p{scx=Greek}|\p{scx=Cyrillic})[\p{L}\p{M}]$/u;

/** They and the variation selector also make one emoji out of several. */
const OF_EMOJI: readonly string[] = ["\u200d", "\ufe0f"];
const EMOJI = /(\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;

/** @returns the text without what is not seen, or with something else in its place. What a script or an emoji needs stays. */
export function replaceUnseen(text: string, replace: (character: string, offset: number) => string): string {
  return text.replace(UNSEEN, (character, offset: number) =>
    isNeeded(character, text.slice(Math.max(0, offset - 2), offset)) ? character : replace(character, offset),
  );
}

/** @param before two UTF-16 units: no character has more. */
function isNeeded(character: string, before: string): boolean {
  return (JOINERS.includes(character) && JOINING.test(before)) || (OF_EMOJI.includes(character) && EMOJI.test(before));
}
