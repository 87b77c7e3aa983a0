import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ButtonForm } from '#components/form/button-form.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { PageNotice } from '#components/ui/page-notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { SignedInPage } from '../../signed-in-page.tsx'
import { resendConfirmationAction } from './actions.ts'

export const metadata: Metadata = { title: 'Confirm your email – Taskward' }

/** The only page of an account that has to confirm its address first. */
export default async function UnconfirmedEmailPage() {
  const actor = await requireActor('/settings/confirm-email')
  if (actor.emailConfirmedAt) redirect('/tasks')
  const isSent = await hasFlashMessage('confirmation-sent', actor)
  return (
    <SignedInPage actor={actor}>
      <FormColumn
        heading="Confirm your email"
        intro={
          <p className="wrap-anywhere">
            {actor.requirement && 'To continue, show that the address is yours. '}Open the link that we email
            to {actor.email}. It works for a day.
          </p>
        }
        footer={
          <p>
            Nothing after a few minutes? Check your spam folder.{' '}
            <TextLink href="/settings/profile/email">Change the address</TextLink>
          </p>
        }
      >
        {isSent && <PageNotice>We sent a link to {actor.email}.</PageNotice>}
        <ButtonForm
          action={resendConfirmationAction}
          name="confirmation"
          variant="primary"
          pendingText="Sending link…"
        >
          Send again
        </ButtonForm>
      </FormColumn>
    </SignedInPage>
  )
}
