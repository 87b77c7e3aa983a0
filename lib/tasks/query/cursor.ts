import { isUuid } from '#lib/uuid.ts'
import { ORDER_RULES, ORDERS, type Order } from './orders.ts'

/** The last row of a page: what it was sorted by, and its id. */
export type Cursor = { order: Order; key: string; id: string }

export function formatCursor({ order, key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([order, key, id])).toString('base64url')
}

/** A bare id continues the list by creation. Null for anything that no page has ended with. */
export function parseCursor(text: string): Cursor | null {
  if (isUuid(text)) return { order: 'created', key: '', id: text }
  try {
    const [order, key, id, ...rest]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!isOrder(order) || typeof key !== 'string' || typeof id !== 'string') return null
    return rest.length === 0 && isUuid(id) && ORDER_RULES[order].isKey(key) ? { order, key, id } : null
  } catch {
    return null
  }
}

function isOrder(value: unknown): value is Order {
  return ORDERS.some((order) => order === value)
}
