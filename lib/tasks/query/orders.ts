import { Prisma } from '#lib/db/generated/client.ts'

export const ORDERS = ['created', 'completed', 'due', 'priority', 'position'] as const
export type Order = (typeof ORDERS)[number]

type OrderRule = {
  direction: 'ASC' | 'DESC'
  /** What tasks are compared by before their ids; null for the id alone. */
  sort: Prisma.Sql | null
  /** The same as text, for a cursor. */
  text: Prisma.Sql
  /** A text of a cursor, as a value. */
  value: (key: string) => Prisma.Sql
  isKey: RegExp
}

/** Tasks without a day or a priority come last. */
const DUE = Prisma.sql`(coalesce(due_on::text, '~') || coalesce(due_time::text, '~')) COLLATE "C"`
const PRIORITY = Prisma.sql`((CASE priority WHEN 0 THEN '9' ELSE priority::text END) || ${DUE}) COLLATE "C"`
const POSITION = Prisma.sql`position`
const asText = (key: string) => Prisma.sql`${key}::text`

export const ORDER_RULES: Record<Order, OrderRule> = {
  created: { direction: 'DESC', sort: null, text: Prisma.sql`''::text`, value: asText, isKey: /^$/ },
  completed: {
    direction: 'DESC',
    sort: Prisma.sql`completed_at`,
    text: Prisma.sql`(extract(epoch FROM completed_at) * 1000)::bigint::text`,
    value: (key) => Prisma.sql`to_timestamp(${Number(key)}::float8 / 1000)`,
    isKey: /^\d{1,13}$/,
  },
  due: { direction: 'ASC', sort: DUE, text: DUE, value: asText, isKey: /^[\d:~-]{2,18}$/ },
  priority: { direction: 'ASC', sort: PRIORITY, text: PRIORITY, value: asText, isKey: /^[\d:~-]{3,19}$/ },
  position: { direction: 'ASC', sort: POSITION, text: POSITION, value: asText, isKey: /^[\dA-Za-z]{1,200}$/ },
}

/** The rows after that of a cursor. */
export function afterRow(order: Order, { key, id }: { key: string; id: string }): Prisma.Sql {
  const { direction, sort, value } = ORDER_RULES[order]
  const isAfter = Prisma.raw(direction === 'ASC' ? '>' : '<')
  return sort
    ? Prisma.sql`(${sort}, id) ${isAfter} (${value(key)}, ${id}::uuid)`
    : Prisma.sql`id ${isAfter} ${id}::uuid`
}

export function orderBy(order: Order): Prisma.Sql {
  const { direction, sort } = ORDER_RULES[order]
  const way = Prisma.raw(direction)
  return sort ? Prisma.sql`${sort} ${way}, id ${way}` : Prisma.sql`id ${way}`
}
