import { LinkProgress } from '#components/shell/link-progress.tsx'
import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import { firstPageOf, pathOf, type TaskPlace } from './task-view.ts'

type TaskPaginationProps = {
  place: TaskPlace
  nextCursor: string | null
  /** Newest first: of another order, pages are the first and the next ones. */
  isByAge: boolean
}

export function TaskPagination({ place, nextCursor, isByAge }: TaskPaginationProps) {
  return (
    <PaginationLinks
      newest={place.cursor ? pathOf(firstPageOf(place)) : null}
      newestText={isByAge ? 'Newest tasks' : 'First page'}
      older={nextCursor && pathOf({ ...place, cursor: nextCursor })}
      olderText={isByAge ? 'Older tasks' : 'More tasks'}
    >
      <LinkProgress />
    </PaginationLinks>
  )
}
