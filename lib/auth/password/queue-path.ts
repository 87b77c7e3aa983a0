import type { Client } from '#lib/actor.ts'

export type QueuedRequest = {
  client: Pick<Client, 'network' | 'abortSignal' | 'arrivedAt'>
  account: string
  /** True if a device cookie or a session proves that the client has logged in to the account before. */
  isKnown: boolean
}

/** Known clients get every second turn. An IPv6 /48 takes turns as one site, because one customer may own it. */
export function pathOf({ isKnown, client: { network }, account }: QueuedRequest): string[] {
  return [isKnown ? 'known' : 'new', siteOfNetwork(network), network, account]
}

/** While the account is not known yet. */
export function pathOfNetwork(network: string): string[] {
  return ['new', siteOfNetwork(network), network]
}

function siteOfNetwork(network: string): string {
  return /^([0-9a-f]+:){3}/.exec(network)?.[0] ?? network
}

export function siteOf(path: string[]): string {
  return path.slice(0, 2).join()
}
