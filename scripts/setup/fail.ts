/** Why a command cannot do its work, with the line that the terminal shows. */
export type CommandFailure<Code extends string> = { code: Code; text: string }

export function fail(message: string): never {
  console.error(message)
  process.exit(1)
}
