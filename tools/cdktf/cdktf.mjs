#!/usr/bin/env node
/**
 * The cdktf command, in the version that tools/package-lock.json names. It brings hundreds of packages that nothing else here
 * needs, so it is no part of `npm ci`: whoever calls it first waits while it is installed in tools/. Plain JavaScript, since
 * `npx cdktf` starts this file itself.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { runMain } from "node:module";
import { join, resolve } from "node:path";
import { keepToProjectModes } from "../../scripts/build/own-place.mjs";
import { strangeInStacks } from "./strange-stacks.mjs";

const TOOLS = resolve(import.meta.dirname, "..");
const ROOT = resolve(TOOLS, "..");
const PACKAGES = join(TOOLS, "node_modules");
const COMMAND = join(PACKAGES, "cdktf-cli", "bundle", "bin", "cdktf");

/** What npm needs of tools/; its settings are among it, such as not to run what packages would run when they are installed. */
const SOURCES = ["package.json", "package-lock.json", ".npmrc"];

/** Installs beside what is there, and then puts it into its place: two calls at once do not meet a half of it. */
async function install() {
  console.error("Installing the cdktf command in tools/, once: it takes a minute or two");
  const draft = join(TOOLS, `draft-${randomUUID()}`);
  mkdirSync(draft);
  try {
    for (const file of SOURCES) {
      copyFileSync(join(TOOLS, file), join(draft, file));
    }
    await npm(draft, "ci", "--prefix", ".", "--prefer-offline", "--loglevel", "error");
    place(join(draft, "node_modules"), join(draft, "old"));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param packages that were installed. @param old where those go that are in their place. */
function place(packages, old) {
  if (isInstalled()) {
    return; // Another call was faster, and its command may be under way.
  }
  if (existsSync(PACKAGES)) {
    renameSync(PACKAGES, old);
  }
  try {
    renameSync(packages, PACKAGES);
  } catch (error) {
    if (!isInstalled()) {
      throw error;
    }
  }
}

/** Whether every package is there as the lock file names it, by what npm writes down at the end of an installation. */
function isInstalled() {
  try {
    const wanted = packagesIn(join(TOOLS, "package-lock.json"));
    const found = packagesIn(join(PACKAGES, ".package-lock.json"));
    const isSame = (one, other) => one.version === other.version && one.integrity === other.integrity;
    return Object.entries(wanted).every(
      ([place, entry]) =>
        place === "" || (found[place] === undefined ? entry.optional === true : isSame(found[place], entry)),
    );
  } catch {
    return false;
  }
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** Runs npm, which says on stderr what goes wrong, and nothing else. @throws Error where it fails. */
async function npm(cwd, ...args) {
  const child = spawn("npm", args, {
    cwd,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  const end = () => child.kill("SIGTERM");
  process.on("SIGINT", end).on("SIGTERM", end);
  try {
    const [code] = await once(child, "close");
    if (code !== 0) {
      throw new Error(`npm ${args[0]} ended with ${code ?? "a signal"}`);
    }
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
  }
}

keepToProjectModes(ROOT);
const strange = strangeInStacks(ROOT);
if (strange !== undefined) {
  console.error(`Nothing was done: ${JSON.stringify(strange).slice(1, -1)}`);
  console.error(
    "Next: find out who has put that there, and delete it; then the same command. npx sftp-sync deploy knows what import has put there",
  );
  process.exit(1);
}
try {
  if (!isInstalled()) {
    await install();
  }
} catch (error) {
  console.error(`The cdktf command could not be installed in ${TOOLS}: ${error.message}`);
  console.error("Next: see to it that npm reaches its registry and may write there, then the same command again");
  process.exit(1);
}

// Neither it nor the Terraform that it calls tells anybody that it is used, unless the user says otherwise.
process.env.CHECKPOINT_DISABLE ??= "1";
process.env.DISABLE_VERSION_CHECK ??= "1";
process.argv[1] = COMMAND;
runMain();
