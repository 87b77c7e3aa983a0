import { PASSWORD_QUEUE_LIMIT } from '#lib/auth/policy.ts'

/** Which sites the password queue has refused within the last `seconds`. */
export function rememberRefusals(seconds: number) {
  const sites = new Set<string>()
  let count = 0

  function add(site: string): void {
    sites.add(site)
    count++
    const forget = () => {
      sites.delete(site)
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
