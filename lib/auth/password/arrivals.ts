type Arrival = { site: string; at: number }

/** Password requests that Next.js has not brought to the queue yet, by the signal of their request. */
export function trackArrivals() {
  const open = new Map<AbortSignal, Arrival>()
  /** Counted, because a search would cost as much as an attacker has addresses. */
  const counts = new Map<string, number>()

  function add(abortSignal: AbortSignal, site: string): void {
    open.set(abortSignal, { site, at: performance.now() })
    counts.set(site, countOf(site) + 1)
  }

  function take(abortSignal: AbortSignal | undefined): Arrival | undefined {
    const arrival = abortSignal && open.get(abortSignal)
    if (!arrival) return undefined
    open.delete(abortSignal)
    const others = countOf(arrival.site) - 1
    if (others > 0) counts.set(arrival.site, others)
    else counts.delete(arrival.site)
    return arrival
  }

  function countOf(site: string): number {
    return counts.get(site) ?? 0
  }

  return { add, take, countOf, count: () => open.size }
}
