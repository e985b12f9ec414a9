/** The package ships no types; this is the part that the tests use. */
declare module "commonmark" {
  interface Node {
    readonly type: string;
    readonly literal: string | null;
    walker(): { next(): { readonly entering: boolean; readonly node: Node } | null };
  }

  export class Parser {
    parse(text: string): Node;
  }
}
