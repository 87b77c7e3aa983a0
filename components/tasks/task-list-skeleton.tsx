import { Skeleton } from '#components/ui/skeleton.tsx'

const TITLE_WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3', 'w-4/7', 'w-1/4']

export function TaskListSkeleton() {
  return (
    <div role="status" aria-label="Loading tasks" className="-ml-3">
      {TITLE_WIDTHS.map((width) => (
        <div key={width} className="flex h-11 items-center">
          <span className="grid size-11 place-items-center">
            <Skeleton className="size-5" />
          </span>
          <Skeleton className={`ml-0.5 h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  )
}
