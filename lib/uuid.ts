const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text may name a row: the database would throw at any other. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const VERSION_7 = 0x7000
const VARIANT_1 = 0x8000

let last = { at: 0, count: 0 }

/** A version 7 UUID (RFC 9562, 5.7). Ids of one process sort by creation, even within a millisecond. */
export function newId(at: Date): string {
  const ms = at.getTime()
  last = last.at === ms ? { at: ms, count: (last.count + 1) & 0xfff } : { at: ms, count: 0 }
  const random = crypto.randomUUID()
  return toUuid(
    ms,
    last.count,
    (Number.parseInt(random.slice(0, 4), 16) & 0x3fff) | VARIANT_1,
    random.slice(-12),
  )
}

/** When a version 7 UUID was made; null for any other text. */
export function timeOfId(id: string): Date | null {
  const [, high, low] =
    /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.exec(id) ?? []
  return high && low ? new Date(Number.parseInt(high + low, 16)) : null
}

/** The lowest id of this time or later, to turn times into a range of ids. */
export function leastId(at: Date): string {
  return toUuid(at.getTime(), 0, VARIANT_1, '000000000000')
}

function toUuid(ms: number, count: number, variant: number, node: string): string {
  const time = Math.max(0, ms).toString(16).padStart(12, '0')
  const [third, fourth] = [VERSION_7 | count, variant].map((part) => part.toString(16).padStart(4, '0'))
  return `${time.slice(0, 8)}-${time.slice(8)}-${third}-${fourth}-${node}`
}
