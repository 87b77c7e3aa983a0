import { ButtonForm } from '#components/form/button-form.tsx'
import { FocusedNotice } from '#components/ui/focused-notice.tsx'
import { PlainLink, TextLink } from '#components/ui/text-link.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { getEmailChange } from '#lib/auth/email-change/get-email-change.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { listTimeZones } from '#lib/time-zone-names.ts'
import { resendConfirmationAction } from '../confirm-email/actions.ts'
import { SettingsFrame } from '../settings-frame.tsx'
import { PendingEmailChange } from './email/pending-email-change.tsx'
import { ProfileForm } from './profile-form.tsx'

export default async function ProfilePage({ searchParams }: PageProps<'/settings/profile'>) {
  const actor = await requireActor('/settings/profile')
  const { saved } = await searchParams
  const [isSaved, isResent, isCancelled, { pending }] = await Promise.all([
    hasFlashMessage('profile-saved', actor),
    hasFlashMessage('email-link-sent', actor),
    hasFlashMessage('email-change-cancelled', actor),
    getEmailChange({ userId: actor.userId, now: new Date() }),
  ])
  return (
    <SettingsFrame
      actor={actor}
      path="/settings/profile"
      heading="Profile"
      intro={
        <EmailState
          email={actor.email}
          isConfirmed={actor.emailConfirmedAt !== null}
          isChanging={pending !== null}
        />
      }
    >
      {pending && <PendingEmailChange email={pending} isResent={isResent} />}
      {isCancelled && !pending && <FocusedNotice>The change is cancelled.</FocusedNotice>}
      {isSaved && <FocusedNotice key={String(saved)}>Profile saved.</FocusedNotice>}
      <div className="max-w-96">
        <ProfileForm
          key={String(saved)}
          name={actor.name ?? ''}
          timeZone={actor.timeZone ?? ''}
          timeZones={listTimeZones(actor.timeZone)}
        />
      </div>
      <ul className="mt-6 grid gap-2 text-quiet">
        <li>
          <TextLink href="/settings/profile/email">Change email</TextLink>
        </li>
        <li>
          <PlainLink href="/settings/profile/data.json">Download my data</PlainLink> (JSON), or{' '}
          <PlainLink href="/settings/profile/data.zip">as CSV files</PlainLink>
        </li>
        <li>
          <TextLink href="/settings/profile/delete">Delete my account</TextLink>
        </li>
      </ul>
    </SettingsFrame>
  )
}

type EmailStateProps = { email: string; isConfirmed: boolean; isChanging: boolean }

function EmailState({ email, isConfirmed, isChanging }: EmailStateProps) {
  return (
    <>
      <p className="wrap-anywhere">You log in as {email}.</p>
      <p className="mt-1">
        {isConfirmed ? 'This address is confirmed.' : 'This address is not confirmed yet.'}
      </p>
      {!isConfirmed && !isChanging && (
        <div className="mt-3 text-ink">
          <ButtonForm action={resendConfirmationAction} name="confirmation" pendingText="Sending link…">
            Send the link again
          </ButtonForm>
        </div>
      )}
    </>
  )
}
