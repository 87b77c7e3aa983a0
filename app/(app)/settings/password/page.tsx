import { FormColumn } from '#components/shell/form-column.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { wasDone } from '#lib/http/done-note.ts'
import { SignedInPage } from '../../signed-in-page.tsx'
import { ChangePasswordForm } from './change-password-form.tsx'

export default async function PasswordPage({ searchParams }: PageProps<'/settings/password'>) {
  const actor = await requireActor('/settings/password')
  const { changed } = await searchParams
  const [isChanged, isDisowned] = await Promise.all([
    wasDone('password-changed', actor),
    wasDone('event-disowned', actor),
  ])
  return (
    <SignedInPage actor={actor}>
      <FormColumn heading="Change your password" intro="All your other devices are logged out by this.">
        {actor.mustChangePassword && (
          <div className="mb-5">
            <Notice>
              An administrator asks you to change your password, because somebody else may know it. Until then
              you can do nothing else here.
            </Notice>
          </div>
        )}
        {isChanged && !actor.mustChangePassword && (
          <div className="mb-5">
            <Notice>Your password is changed, and all other devices are logged out.</Notice>
          </div>
        )}
        {isDisowned && (
          <div className="mb-5">
            <Notice>
              All your other devices are logged out. Choose a new password now: whoever knows the old one
              could log in again.
            </Notice>
          </div>
        )}
        <ChangePasswordForm key={String(changed)} email={actor.email} name={actor.name} />
      </FormColumn>
    </SignedInPage>
  )
}
