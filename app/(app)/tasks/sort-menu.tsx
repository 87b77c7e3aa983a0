import Link from 'next/link'
import type { Order } from '#lib/tasks/query/orders.ts'
import { orderOf, SORTS, type TaskQuery, tasksPath } from './task-query.ts'

const NAMES: Record<Exclude<Order, 'completed'>, string> = {
  created: 'Newest first',
  position: 'My order',
  due: 'Due date',
  priority: 'Priority',
}

export function SortMenu({ query }: { query: TaskQuery }) {
  const { cursor: _, ...rest } = query
  // Tasks have a place among those of their list.
  const sorts = SORTS.filter((sort) => sort !== 'position' || query.list || query.view === 'inbox')
  return (
    // Another order closes it.
    <details key={orderOf(query)} className="menu sort-menu">
      <summary>Sort</summary>
      <nav aria-label="Sort" className="panel">
        {sorts.map((sort) => (
          <Link
            key={sort}
            href={tasksPath({ ...rest, sort })}
            prefetch={false}
            aria-current={orderOf(query) === sort || undefined}
          >
            {NAMES[sort]}
          </Link>
        ))}
      </nav>
    </details>
  )
}
