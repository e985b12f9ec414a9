/**
 * The environment as it is now; what it returns brings it back. `process.env` itself stays: only what is set there is what
 * Node and child processes see.
 */
export function keepEnvironment(): () => void {
  const kept = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env).filter((name) => kept[name] === undefined)) {
      delete process.env[name];
    }
    Object.assign(process.env, kept);
  };
}
