/** How this process reaches itself on the loopback interface: the gate by address, Next by name. */
const ITSELF = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Keeps calls of this process to itself, which carry refresh tokens, away from the proxy that `HTTP_PROXY` names with
 * `NODE_USE_ENV_PROXY=1` or `--use-env-proxy`. Node reads the list of exceptions anew for each call, under the
 * lower-case name first.
 *
 * @param ownOrigin where else it reaches itself
 */
export function bypassProxy(ownOrigin: string | null): void {
  const set = process.env.no_proxy ?? process.env.NO_PROXY ?? ''
  const own = ownOrigin ? new URL(ownOrigin).hostname : ''
  const exceptions = [set, ...ITSELF, own].filter(Boolean).join(',')
  process.env.no_proxy = exceptions
  process.env.NO_PROXY = exceptions
}
