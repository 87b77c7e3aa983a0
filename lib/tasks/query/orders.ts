import { Prisma } from '#lib/db/generated/client.ts'
import { isDay } from '../day.ts'

export const ORDERS = ['created', 'completed', 'due', 'priority', 'position'] as const
export type Order = (typeof ORDERS)[number]

type OrderRule = {
  direction: 'ASC' | 'DESC'
  /** What tasks are compared by before their ids, a list of expressions; null for the id alone. */
  sort: Prisma.Sql | null
  /** The same as text, for a cursor. */
  text: Prisma.Sql
  /** A text of a cursor, as values. */
  value: (key: string) => Prisma.Sql
  /** Whether the database can read a text as these values: a client may send any. */
  isKey: (key: string) => boolean
}

/** As an index has them. Tasks without a day or a time come last. */
export const DUE_DAY = Prisma.sql`coalesce(due_on, 'infinity'::date)`
const DUE_TIME = Prisma.sql`coalesce(due_time, '24:00'::time)`
const DUE = Prisma.sql`${DUE_DAY}, ${DUE_TIME}`
const DUE_TEXT = Prisma.sql`coalesce(due_on::text, '~') || coalesce(due_time::text, '~')`
/** Tasks without a priority come last. */
const PRIORITY = Prisma.sql`(CASE priority WHEN 0 THEN 9 ELSE priority END)`
const POSITION = Prisma.sql`position`
const asText = (key: string) => Prisma.sql`${key}::text`

export const ORDER_RULES: Record<Order, OrderRule> = {
  created: {
    direction: 'DESC',
    sort: null,
    text: Prisma.sql`''::text`,
    value: asText,
    isKey: (key) => key === '',
  },
  completed: {
    direction: 'DESC',
    sort: Prisma.sql`completed_at`,
    text: Prisma.sql`(extract(epoch FROM completed_at) * 1000)::bigint::text`,
    value: (key) => Prisma.sql`to_timestamp(${Number(key)}::float8 / 1000)`,
    isKey: (key) => /^\d{1,13}$/.test(key),
  },
  due: {
    direction: 'ASC',
    sort: DUE,
    text: DUE_TEXT,
    value: dueOf,
    isKey: isDueKey,
  },
  priority: {
    direction: 'ASC',
    sort: Prisma.sql`${PRIORITY}, ${DUE}`,
    text: Prisma.sql`${PRIORITY}::text || ${DUE_TEXT}`,
    value: (key) => Prisma.sql`${Number(key.charAt(0))}::int, ${dueOf(key.slice(1))}`,
    isKey: (key) => /^\d/.test(key) && isDueKey(key.slice(1)),
  },
  position: {
    direction: 'ASC',
    sort: POSITION,
    text: POSITION,
    value: asText,
    isKey: (key) => /^[\dA-Za-z]{1,200}$/.test(key),
  },
}

/** The rows after that of a cursor. */
export function afterRow(order: Order, { key, id }: { key: string; id: string }): Prisma.Sql {
  const { direction, sort, value } = ORDER_RULES[order]
  const isAfter = Prisma.raw(direction === 'ASC' ? '>' : '<')
  return sort
    ? Prisma.sql`(${sort}, id) ${isAfter} (${value(key)}, ${id}::uuid)`
    : Prisma.sql`id ${isAfter} ${id}::uuid`
}

/** Only an order by one expression can be descending. */
export function orderBy(order: Order): Prisma.Sql {
  const { direction, sort } = ORDER_RULES[order]
  const way = Prisma.raw(direction)
  return sort ? Prisma.sql`${sort} ${way}, id ${way}` : Prisma.sql`id ${way}`
}

const DUE_KEY = /^(~|\d{4}-\d\d-\d\d)(~|([01]\d|2[0-3]):[0-5]\d:[0-5]\d)$/

function isDueKey(key: string): boolean {
  const [, day = ''] = DUE_KEY.exec(key) ?? []
  return day === '~' || isDay(day)
}

function dueOf(key: string): Prisma.Sql {
  const [day, time] = key.startsWith('~') ? ['infinity', key.slice(1)] : [key.slice(0, 10), key.slice(10)]
  return Prisma.sql`${day}::date, ${time === '~' ? '24:00' : time}::time`
}
