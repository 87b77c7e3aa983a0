import Link from 'next/link'
import { type TaskQuery, tasksPath } from './task-query.ts'

type SelectLinkProps = {
  query: TaskQuery
  /** The tasks that the page selects at first; undefined if it does not select. */
  selected: string | undefined
  /** Whether the page has all tasks of its view. */
  isWhole: boolean
}

/** Opens the page with a checkbox for each task, to change several together, and then checks all or none of them. */
export function SelectLink({ query, selected, isWhole }: SelectLinkProps) {
  const isAll = selected === 'all'
  const all = isWhole ? 'Select all' : 'Select this page'
  const text = selected === undefined ? 'Select' : isAll ? 'Select none' : all
  const select = selected === undefined || isAll ? '' : 'all'
  return (
    <Link href={tasksPath(query, { select })} prefetch={false}>
      {text}
    </Link>
  )
}
