import type { Client } from '#lib/audit/events'
import { PASSWORD_WAIT_SECONDS } from '#lib/auth/policy'

/** For whom passwords are hashed, by which the work takes its turn: one of these per request. */
export type PasswordWork = {
  network: string
  account: string
  /** Whether the client has proved by a device cookie or a session that it has logged in to the account before. */
  isKnown: boolean
  /** Aborts when the client leaves. */
  left: AbortSignal | undefined
  /** How long it may still wait for a worker. The pool subtracts what it has waited. */
  patienceMs: number
}

/** The password work of one request. All that it hashes shares one patience. */
export function passwordWork(
  { network, left }: Pick<Client, 'network' | 'left'>,
  { account, isKnown }: { account: string; isKnown: boolean },
): PasswordWork {
  return { network, account, isKnown, left, patienceMs: PASSWORD_WAIT_SECONDS * 1000 }
}

/**
 * The path of the work in a `FairQueue`. Known clients and all others take turns first, so that a flood of strangers
 * leaves known clients every second turn. A /48 comes before its /64 networks: one customer of a provider may own all of them.
 */
export function pathOf({ isKnown, network, account }: PasswordWork): string[] {
  const [site = network] = /^([0-9a-f]+:){3}/.exec(network) ?? []
  return [isKnown ? 'known' : 'new', site, network, account]
}
