'use client'

import { useLinkStatus } from 'next/link'
import { TaskListSkeleton } from '#components/tasks/task-list-skeleton.tsx'
import { PaginationLinks } from '#components/ui/pagination-links.tsx'

type TaskPaginationProps = { isFirstPage: boolean; nextCursor: string | null }

export function TaskPagination({ isFirstPage, nextCursor }: TaskPaginationProps) {
  return (
    <PaginationLinks
      newest={isFirstPage ? null : '/tasks'}
      newestText="Newest tasks"
      older={nextCursor && `/tasks?cursor=${nextCursor}`}
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
