import { randomUUID } from 'node:crypto'
import type { Actor, Client } from '#lib/audit/events'
import type { SignedIn } from '#lib/auth/session/tokens'
import { signUp } from '#lib/auth/sign-up'

export const PASSWORD = 'seven quiet herons at dusk'

export type Person = SignedIn & { email: string; password: string; client: Client; actor: Actor }

/** A place on a network of its own, which no throttle counts together with another one. */
export function newClient(): Client {
  return { ipAddress: '192.0.2.1', network: randomUUID(), userAgent: 'test', requestId: randomUUID() }
}

/** Signs up an account, whose first session is in a browser or in the hands of a client program. */
export async function newPerson(transport: 'cookie' | 'bearer' = 'cookie'): Promise<Person> {
  const client = newClient()
  const account = { email: `${randomUUID()}@example.com`, password: PASSWORD }
  const signedUp = await signUp({ ...account, name: null }, { client, transport, persistent: true })
  if (!signedUp.ok) throw new Error(`Sign-up failed: ${signedUp.error.code}`)
  const { user, session } = signedUp.value
  return {
    ...signedUp.value,
    ...account,
    client,
    actor: { userId: user.id, sessionId: session.id, role: 'user', client },
  }
}
