import { expect } from "chai";
import { wrapped } from "../../scripts/terminal/wrap";

const TERMINAL = { isTTY: true, columns: 40 };

describe("text for people", () => {
  it("ends its lines between words on a terminal, and goes on further in", () => {
    expect(wrapped("  What to do: ask the server's owner for the folder, or correct it.", TERMINAL)).to.equal(
      "  What to do: ask the server's owner for\n    the folder, or correct it.",
    );
  });

  it("goes on below what is said of a name, where there is room for it", () => {
    expect(wrapped("  Host keys  ssh-rsa and ecdsa-sha2-nistp256, both", TERMINAL)).to.equal(
      "  Host keys  ssh-rsa and\n             ecdsa-sha2-nistp256, both",
    );
    const path = `/${"x".repeat(30)}`;
    expect(wrapped(`  Host keys  ${path} here`, TERMINAL)).to.equal(`  Host keys\n    ${path} here`);
  });

  it("loses no word, whatever the width", () => {
    const text = `one two ${"three ".repeat(40)}/a/${"b".repeat(70)} four`;
    for (const columns of [0, 40, 41, 80, 200]) {
      expect(wrapped(text, { isTTY: true, columns }).split(/\s+/)).to.deep.equal(text.split(/\s+/));
    }
  });

  it("keeps a path and a command whole, for copying", () => {
    const path = `/data/${"x".repeat(60)}/report.json`;
    expect(wrapped(`Report: ${path}`, TERMINAL).split("\n")).to.include(`  ${path}`);
    const next = "Next: npx sftp-sync local servers/partner.yaml --data /tmp/trial --dry-run";
    expect(wrapped(next, TERMINAL)).to.equal(next);
  });

  it("is left as it is in a file or a pipe", () => {
    const text = "word ".repeat(60);
    expect(wrapped(text, { columns: 40 })).to.equal(text);
  });

  it("has no command to CI in it, on a terminal or not", () => {
    const text = "  + /in/##vso[task.setvariable variable=a]b: ##[error]c\n::error::d";
    const shown = "  + /in/# #vso[task.setvariable variable=a]b: # #[error]c\n: :error::d";
    expect(wrapped(text, {})).to.equal(shown);
    expect(wrapped(text, { isTTY: true, columns: 100 })).to.equal(shown);
  });

  it("has colours of ours in it, and nothing else that a terminal would obey", () => {
    const text = `\u001b[1mpartner\u001b[22m\tin\n  + a\u001b[2J\u001b]0;b\u0007\u202ec\u0085d\re\u001b[1A`;
    expect(wrapped(text, {})).to.equal(
      "\u001b[1mpartner\u001b[22m\tin\n  + a\\u001b[2J\\u001b]0;b\\u0007\\u202ec\\u0085d\\u000de\\u001b[1A",
    );
  });
});
