/** In the order of their bytes, which is that of the columns' collation. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Each move to the same place takes a sixth of a digit. A longer one is made short again, with those around it. */
export const MAX_LENGTH = 60

/**
 * A text between two others in the order of bytes, so that a move changes one row (fractional indexing, by David
 * Greenspan: https://observablehq.com/@dgreensp/implementing-fractional-indexing). None of them ends with the
 * first digit. `high` null is the end.
 */
export function between(low: string, high: string | null): string {
  if (high !== null) {
    let shared = 0
    while ((low[shared] ?? '0') === high[shared]) shared++
    if (shared > 0) return high.slice(0, shared) + between(low.slice(shared), high.slice(shared))
  }
  const first = low ? DIGITS.indexOf(low.charAt(0)) : 0
  const last = high === null ? DIGITS.length : DIGITS.indexOf(high.charAt(0))
  if (last - first > 1) return DIGITS.charAt(Math.round((first + last) / 2))
  if (high !== null && high.length > 1) return high.charAt(0)
  return DIGITS.charAt(first) + between(low.slice(1), null)
}

/** Positions between two others, in their order, each in the middle of what is left. */
export function spread(low: string, high: string | null, count: number): string[] {
  if (count === 0) return []
  const middle = between(low, high)
  const before = Math.floor((count - 1) / 2)
  return [...spread(low, middle, before), middle, ...spread(middle, high, count - 1 - before)]
}
