'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { HydrationSafeForm } from '#components/form/hydration-safe-form.tsx'
import { LinkProgress } from '#components/shell/link-progress.tsx'
import { useMenu } from './use-menu.ts'

export type TaskNavProps = {
  /** The view or the id of the list that the page shows. */
  current: string | undefined
  /** What the page searches for. */
  q?: string | undefined
  today: number
  inbox: number
  lists: { id: string; name: string; count: number }[]
}

/** A sidebar in a wide window. In others a panel, which `<details>` opens without JavaScript. */
export function TaskNav({ current, q, today, inbox, lists }: TaskNavProps) {
  const { menu, handlers } = useMenu(current)

  const item = (name: string, children: ReactNode, count = 0) => (
    <Item href={name === 'all' ? '/tasks' : `/tasks?view=${name}`} isCurrent={current === name} count={count}>
      {children}
    </Item>
  )
  return (
    <nav aria-label="Lists" {...handlers}>
      <details ref={menu} className="task-menu menu">
        <summary>Lists</summary>
      </details>
      <div className="panel task-nav">
        <search>
          <HydrationSafeForm name="search" action="/tasks">
            <input
              type="search"
              name="q"
              aria-label="Search"
              placeholder="Search"
              dir="auto"
              autoComplete="off"
              defaultValue={q}
              className="control h-11"
            />
          </HydrationSafeForm>
        </search>
        {item('today', 'Today', today)}
        {item('upcoming', 'Upcoming')}
        {item('inbox', 'Inbox', inbox)}
        {item('all', 'All')}
        {lists.map(({ id, name, count }, index) => (
          <Item
            key={id}
            href={`/tasks?list=${id}`}
            isCurrent={current === id}
            count={count}
            {...(index === 0 && { begins: true })}
          >
            <bdi>{name}</bdi>
          </Item>
        ))}
        <Item href="/tasks?view=done" isCurrent={current === 'done'} begins>
          Done
        </Item>
        <Item href="/tasks/history" isCurrent={current === 'history'}>
          History
        </Item>
        <Item href="/tasks/lists" isCurrent={current === 'lists'}>
          Manage lists
        </Item>
      </div>
    </nav>
  )
}

type ItemProps = {
  href: string
  isCurrent: boolean
  count?: number
  /** Has a gap above. */
  begins?: boolean
  children: ReactNode
}

function Item({ href, isCurrent, count = 0, begins = false, children }: ItemProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isCurrent ? 'page' : undefined}
      className={begins ? 'begins' : undefined}
    >
      {children}
      {count > 0 && <span>{count}</span>}
      <LinkProgress />
    </Link>
  )
}
