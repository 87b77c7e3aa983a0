import { randomUUID } from 'node:crypto'

/** Good enough for sign-up, and on no list. */
export const PASSWORD = 'seven quiet herons at dusk'

/** An address that nobody has yet. */
export function newEmail(): string {
  return `${randomUUID()}@example.com`
}
