'use client'

import { useLinkStatus } from 'next/link'
import { TaskListSkeleton } from '#components/tasks/task-list-skeleton.tsx'
import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import type { ListPart } from './task-view.ts'

type TaskPaginationProps = { part: ListPart; nextCursor: string | null }

export function TaskPagination({ part: { cursor, limit }, nextCursor }: TaskPaginationProps) {
  const pageAt = (other: ListPart) => {
    const query = new URLSearchParams({ ...other, ...(limit && { limit }) })
    return query.size > 0 ? `/tasks?${query}` : '/tasks'
  }
  return (
    <PaginationLinks
      newest={cursor ? pageAt({}) : null}
      newestText="Newest tasks"
      older={nextCursor && pageAt({ cursor: nextCursor })}
      olderText="Older tasks"
    >
      <LoadingTasks />
    </PaginationLinks>
  )
}

function LoadingTasks() {
  const { pending } = useLinkStatus()
  return pending ? <TaskListSkeleton /> : null
}
