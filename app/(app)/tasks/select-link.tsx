import Link from 'next/link'
import { type TaskQuery, tasksPath } from './task-query.ts'

/** Opens the page with a checkbox for each task, to change several together. */
export function SelectLink({ query }: { query: TaskQuery }) {
  return (
    <Link href={tasksPath(query, { select: '' })} prefetch={false}>
      Select
    </Link>
  )
}
