import { PASSWORD_QUEUE_LIMIT } from '#lib/auth/policy.ts'

/** Which sites the password queue has refused within the last `seconds`. */
export function rememberRefusals(seconds: number) {
  /** The time of each site's last refusal. */
  const sites = new Map<string, number>()
  let count = 0

  function add(site: string): void {
    const at = performance.now()
    sites.set(site, at)
    count++
    const forget = () => {
      if (sites.get(site) === at) sites.delete(site)
      count--
    }
    setTimeout(forget, seconds * 1000).unref()
  }

  /** True for a site that was refused, after a thousand refusals of whatever sites. */
  function isFlood(site: string): boolean {
    return sites.has(site) && count >= PASSWORD_QUEUE_LIMIT
  }

  return { add, isFlood }
}
