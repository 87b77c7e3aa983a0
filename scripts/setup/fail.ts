/** Ends a command with one line for the person who started it. */
export function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
