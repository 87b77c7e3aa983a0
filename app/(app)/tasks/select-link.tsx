import Link from 'next/link'
import { type TaskQuery, tasksPath } from './task-query.ts'

type SelectLinkProps = {
  query: TaskQuery
  /** The tasks that the page selects at first; undefined if it does not select. */
  selected: string | undefined
}

/** Opens the page with a checkbox for each task, to change several together, and then checks all or none of them. */
export function SelectLink({ query, selected }: SelectLinkProps) {
  const [select, text] =
    selected === undefined ? ['', 'Select'] : selected === 'all' ? ['', 'Select none'] : ['all', 'Select all']
  return (
    <Link href={tasksPath(query, { select })} prefetch={false}>
      {text}
    </Link>
  )
}
