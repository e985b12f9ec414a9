/** This process's environment, without what sets the command line, and what the npm that runs these tests says of itself. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(SFTP_|INIT_CWD$|npm_)/.test(name));
  return Object.fromEntries(own);
}
