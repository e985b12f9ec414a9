import { isRecord } from "../config/path";

/**
 * The context of cdktf.json. The cdktf command hands it over in the environment, with keys of its own beside ours;
 * `tsx main.ts` has only the file.
 * @param cdktfJson the file's text.
 * @param handedOver value of CDKTF_CONTEXT_JSON.
 * @throws SyntaxError when the text is not JSON.
 */
export function appContext(cdktfJson: string, handedOver?: string): unknown {
  if (handedOver === undefined) {
    const file: unknown = JSON.parse(cdktfJson);
    return isRecord(file) ? file.context : undefined;
  }
  const context: unknown = JSON.parse(handedOver);
  return isRecord(context)
    ? Object.fromEntries(Object.entries(context).filter(([key]) => !key.startsWith("cdktf")))
    : context;
}
