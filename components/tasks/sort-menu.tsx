'use client'

import Link from 'next/link'
import { firstPageOf, pathOf, type TaskPlace } from './task-view.ts'
import { useMenu } from './use-menu.ts'

const NAMES = {
  created: 'Newest first',
  due: 'Due date',
  priority: 'Priority',
  position: 'My order',
}

type Sort = keyof typeof NAMES

type SortMenuProps = { place: TaskPlace; sorts: Sort[]; current: string }

export function SortMenu({ place, sorts, current }: SortMenuProps) {
  const { menu, handlers } = useMenu(current)
  return (
    <details ref={menu} className="menu sort-menu" {...handlers}>
      <summary>Sort</summary>
      <nav aria-label="Sort" className="panel">
        {sorts.map((sort) => (
          <Link
            key={sort}
            href={pathOf({ ...firstPageOf(place), sort })}
            prefetch={false}
            aria-current={current === sort || undefined}
          >
            {NAMES[sort]}
          </Link>
        ))}
      </nav>
    </details>
  )
}
