import Link from 'next/link'
import { type TaskQuery, tasksPath } from './task-query.ts'

const PRIORITIES = { 1: 'High priority', 2: 'Medium priority', 3: 'Low priority' }

/** What narrows the list, each a link to the list without it. */
export function ActiveFilters({ query }: { query: TaskQuery }) {
  const { label, priority, q } = query
  const filters = [
    q && { field: 'q', name: `“${q}”` },
    label && { field: 'label', name: label },
    priority && { field: 'priority', name: PRIORITIES[priority] },
  ].filter((filter) => typeof filter === 'object')
  if (filters.length === 0) return null
  return (
    <ul aria-label="Filters" className="filters">
      {filters.map(({ field, name }) => (
        <li key={field}>
          <Link href={pathWithout(query, field)} prefetch={false} aria-label={`Remove filter ${name}`}>
            <bdi>{name}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function pathWithout(query: TaskQuery, field: string): string {
  const kept = Object.entries(query).filter(([name]) => name !== field && name !== 'cursor')
  return tasksPath(Object.fromEntries(kept))
}
