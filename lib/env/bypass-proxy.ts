/** How this process reaches itself: the gate by address, Next by name. */
const ITSELF = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Keeps calls of this process to itself, which carry refresh tokens, away from the proxy that `HTTP_PROXY` names with
 * `NODE_USE_ENV_PROXY=1` or `--use-env-proxy`. Node reads the list of exceptions anew for each call, under the
 * lower-case name first.
 */
export function bypassProxy(): void {
  const exceptions = [process.env.no_proxy ?? process.env.NO_PROXY ?? '', ...ITSELF].filter(Boolean).join(',')
  process.env.no_proxy = exceptions
  process.env.NO_PROXY = exceptions
}
