/** Counts password requests that Next.js has not brought to the queue yet, by the signal of their request. */
export function trackArrivals() {
  const sites = new Map<AbortSignal, string>()
  /** Counted, because a search would cost as much as an attacker has addresses. */
  const counts = new Map<string, number>()

  function add(abortSignal: AbortSignal, site: string): void {
    sites.set(abortSignal, site)
    counts.set(site, countOf(site) + 1)
  }

  function remove(abortSignal: AbortSignal | undefined): void {
    const site = abortSignal && sites.get(abortSignal)
    if (!site) return
    sites.delete(abortSignal)
    const others = countOf(site) - 1
    if (others > 0) counts.set(site, others)
    else counts.delete(site)
  }

  function countOf(site: string): number {
    return counts.get(site) ?? 0
  }

  return { add, remove, countOf, count: () => sites.size }
}
