import { log, placeOf } from '#lib/log'

/**
 * Turns the errors that Next.js prints into lines of the log without their messages, which may quote what somebody
 * typed and reach over many lines. One with a digest has its line by `onRequestError` already, which knows the request.
 * Texts pass as they are.
 */
export function logConsoleErrors(): void {
  const print = console.error
  console.error = (...parts: unknown[]) => {
    const error = parts.find((part) => part instanceof Error)
    if (!error) return print(...parts)
    if (!('digest' in error)) log().error({ source: 'console', ...placeOf(error) })
  }
}
