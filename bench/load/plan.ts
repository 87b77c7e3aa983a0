/** One HTTP request to a contender. */
export type PlannedRequest = {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  headers: Record<string, string>
  body?: Record<string, unknown>
}

export type Target = {
  origin: string
  /** Sent in turn. */
  requests: PlannedRequest[]
  /** A field of each answer that the connection sends in the body of its next request: a rotating token. */
  carry?: string
}

/** A message to a process that makes load. `amount` ends the load after so many requests instead of the seconds. */
export type Plan = Target & { connections: number; seconds: number; amount?: number }

/** In milliseconds. */
export type Latencies = { count: number; p50: number; p95: number; p99: number; max: number }

/** `seconds` end with the last answer. */
export type Outcome = { seconds: number; byStatus: Record<string, Latencies> }
