import { FocusedNotice } from '#components/ui/focused-notice.tsx'
import { PageNotice } from '#components/ui/page-notice.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { SettingsFrame } from '../settings-frame.tsx'
import { ChangePasswordForm } from './change-password-form.tsx'

export default async function PasswordPage({ searchParams }: PageProps<'/settings/password'>) {
  const actor = await requireActor('/settings/password')
  const { changed } = await searchParams
  const isRequired = actor.requirement === 'PASSWORD_CHANGE_REQUIRED'
  const [isChanged, isDisowned] = await Promise.all([
    hasFlashMessage('password-changed', actor),
    hasFlashMessage('event-disowned', actor),
  ])
  return (
    <SettingsFrame actor={actor} heading="Change your password" intro="This logs out all your other devices.">
      {isRequired && (
        <PageNotice>
          Choose a new password to continue. An administrator asked for this because someone else may know
          your old one.
        </PageNotice>
      )}
      {isChanged && !isRequired && (
        <FocusedNotice key={String(changed)}>
          Password changed. Your other devices have been logged out.
        </FocusedNotice>
      )}
      {isDisowned && (
        <PageNotice>
          Your other devices have been logged out. Choose a new password now: anyone who knows the old one
          could log in again.
        </PageNotice>
      )}
      <div className="max-w-96">
        <ChangePasswordForm key={String(changed)} email={actor.email} name={actor.name} />
      </div>
    </SettingsFrame>
  )
}
