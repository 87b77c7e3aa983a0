import { randomUUID } from 'node:crypto'

/** Satisfies every rule for passwords. */
export const PASSWORD = 'seven quiet herons at dusk'

/** An email that has no account. */
export function newEmail(): string {
  return `${randomUUID()}@example.com`
}
