import type { ReactNode } from 'react'
import { LiveChanges } from '#components/live/live-changes.tsx'
import { PageColumn } from '#components/shell/page-column.tsx'
import { TaskNav } from '#components/tasks/task-nav.tsx'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { utc } from '#lib/format-date.ts'
import type { OpenTaskCounts } from '#lib/tasks/count-open-tasks.ts'
import { secondsLater } from '#lib/time.ts'
import { offsetOf, restOfDay } from '#lib/time-zone.ts'
import { SignedInPage } from '../signed-in-page.tsx'
import { UndoBar } from './undo-bar.tsx'

type TasksFrameProps = {
  actor: AuthenticatedActor
  /** Of the last change before the page's tasks were read: later ones refresh the page. */
  seq: number
  now: Date
  counts: OpenTaskCounts
  /** Under which drafts are restored (SignedInPage). */
  path?: string
  /** The view or the id of the list that the page shows. */
  current?: string | undefined
  /** What the page searches for. */
  q?: string | undefined
  heading: string
  intro?: ReactNode
  /** On the line of the heading. */
  action?: ReactNode
  children: ReactNode
}

/** Every page below `/tasks`: the views and lists, and the heading in the same place. */
export function TasksFrame({
  actor,
  seq,
  now,
  counts: { lists, ...counts },
  path = '/tasks',
  current,
  q,
  heading,
  intro,
  action,
  children,
}: TasksFrameProps) {
  const shown = lists.filter(({ isArchived }) => !isArchived)
  return (
    <SignedInPage actor={actor} path={path}>
      <LiveChanges seq={seq} dayMs={restOfDay(now, offsetOf(actor.timeZone) ?? utc)} />
      <div className="tasks-frame">
        <TaskNav
          {...counts}
          current={current}
          {...(q && { q })}
          lists={shown.map(({ id, name, openCount }) => ({ id, name, count: openCount }))}
        />
        <PageColumn
          heading={heading}
          {...(intro && { intro })}
          action={action}
          {...(!actor.emailConfirmedAt && {
            unconfirmed: isLinkNew(actor.createdAt, now) ? 'sent' : 'expired',
          })}
        >
          {children}
          <UndoBar actor={actor} now={now} />
        </PageColumn>
      </div>
    </SignedInPage>
  )
}

function isLinkNew(signedUpAt: Date, now: Date): boolean {
  return secondsLater(signedUpAt, LINK_SECONDS.confirm_email) > now
}
