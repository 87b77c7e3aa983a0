export type Answers = {
  /** When the last one came, by `performance.now()`; Infinity while one is awaited. */
  lastAt: () => number
  stop: () => void
}

/** Observes the answers to forms. The router sends them by `fetch`, and offers no event. */
export function observeAnswers(): Answers {
  let answeredAt = Number.NEGATIVE_INFINITY
  const send = window.fetch
  window.fetch = async (...request) => {
    if (request[1]?.method !== 'POST') return send(...request)
    answeredAt = Number.POSITIVE_INFINITY
    try {
      return await send(...request)
    } finally {
      answeredAt = performance.now()
    }
  }
  return {
    lastAt: () => answeredAt,
    stop: () => {
      window.fetch = send
    },
  }
}
