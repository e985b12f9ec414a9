#!/usr/bin/env node
/** The project's command line, as `npx sftp-sync` starts it. */
import "../../scripts/sftp-sync.mjs";
