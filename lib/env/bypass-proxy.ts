/** The gate calls this process by address, Next.js by name. */
const ITSELF = ['127.0.0.1', 'localhost', '[::1]']

/** Calls to itself carry refresh tokens. Node reads the exceptions first under the lower-case name. */
export function bypassProxy(ownOrigin: string | null): void {
  const set = process.env.no_proxy ?? process.env.NO_PROXY ?? ''
  const own = ownOrigin ? new URL(ownOrigin).hostname : ''
  const exceptions = [set, ...ITSELF, own].filter(Boolean).join(',')
  process.env.no_proxy = exceptions
  process.env.NO_PROXY = exceptions
}
