import { notFound } from 'next/navigation'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { operatorOf } from '#lib/actor.ts'
import { requireAdmin } from '#lib/auth/actor.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { getUser } from '#lib/operator/get-user.ts'
import { AdminFrame } from '../../admin-frame.tsx'
import { eventsPath } from '../../events/event-query.ts'
import { ACCOUNT_ACTIONS, availableActions, isAccountAction, isInEffect } from './account-actions.ts'
import { AccountSummary } from './account-summary.tsx'
import { ConfirmAccountAction } from './confirm-account-action.tsx'
import { SessionTable } from './session-table.tsx'

export default async function UserPage({ params, searchParams }: PageProps<'/admin/users/[userId]'>) {
  const [{ userId }, { confirm, done }] = await Promise.all([params, searchParams])
  const actor = await requireAdmin(`/admin/users/${encodeURIComponent(userId)}`)
  const user = (await getUser(operatorOf(actor), userId, { now: new Date() })) ?? notFound()
  const isSelf = user.id === actor.userId
  const actions = availableActions(user, isSelf)
  const toConfirm = actions.find((action) => action === confirm)
  // An action that is no longer in effect has been undone in the meantime.
  const isDone =
    isAccountAction(done) && (await hasFlashMessage(`${done}.${user.id}`, actor)) && isInEffect(done, user)
  return (
    <AdminFrame actor={actor} heading={user.email} intro={user.name}>
      <div className="grid gap-8">
        {isDone && !toConfirm && <Notice>{ACCOUNT_ACTIONS[done].done}</Notice>}
        {toConfirm && <ConfirmAccountAction action={toConfirm} userId={user.id} />}
        <AccountSummary user={user} />
        <div className="flex flex-wrap items-center gap-2">
          {actions
            .filter((action) => action !== toConfirm)
            .map((action) => (
              <LinkButton key={action} href={`/admin/users/${user.id}?confirm=${action}`} variant="quiet">
                {ACCOUNT_ACTIONS[action].button}
              </LinkButton>
            ))}
          {isSelf && (
            <p className="basis-full text-quiet">
              This is your account. Only another administrator can disable it or remove your administrator
              rights.
            </p>
          )}
        </div>
        <SessionTable sessions={user.sessions} count={user.sessionCount} />
        <p>
          <TextLink href={eventsPath({ user: user.id })}>Events of this account</TextLink>
        </p>
      </div>
    </AdminFrame>
  )
}
