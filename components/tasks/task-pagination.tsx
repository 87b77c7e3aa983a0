'use client'

import { useLinkStatus } from 'next/link'
import { TaskListSkeleton } from '#components/tasks/task-list-skeleton.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'

type TaskPaginationProps = { isFirstPage: boolean; nextCursor: string | null }

/** The way through the pages of a long list. */
export function TaskPagination({ isFirstPage, nextCursor }: TaskPaginationProps) {
  return (
    <nav aria-label="Pages" className="mt-6 flex flex-wrap gap-2">
      {!isFirstPage && <PageLink href="/tasks">Newest tasks</PageLink>}
      {nextCursor && <PageLink href={`/tasks?cursor=${nextCursor}`}>Older tasks</PageLink>}
    </nav>
  )
}

function PageLink({ href, children }: { href: string; children: string }) {
  return (
    <LinkButton href={href} variant="quiet">
      {children}
      <LoadingTasks />
    </LinkButton>
  )
}

function LoadingTasks() {
  const { pending } = useLinkStatus()
  return pending ? <TaskListSkeleton /> : null
}
