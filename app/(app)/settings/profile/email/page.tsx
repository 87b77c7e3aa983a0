import { TextLink } from '#components/ui/text-link.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { getEmailChange } from '#lib/auth/email-change/get-email-change.ts'
import { SettingsFrame } from '../../settings-frame.tsx'
import { ChangeEmailForm } from './change-email-form.tsx'
import { UndoableChange } from './undoable-change.tsx'

const PATH = '/settings/profile/email'

export default async function ChangeEmailPage() {
  const actor = await requireActor(PATH)
  const now = new Date()
  const { pending, former } = await getEmailChange({ userId: actor.userId, now })
  return (
    <SettingsFrame
      actor={actor}
      path={PATH}
      heading="Change your email"
      intro={
        <p className="wrap-anywhere">
          You log in as {actor.email}. {pending && `This replaces your change to ${pending}.`}
        </p>
      }
    >
      <div className="max-w-96">
        {former ? (
          <UndoableChange title="Change your email" former={former} what="change it again" now={now} />
        ) : (
          <ChangeEmailForm email={actor.email} />
        )}
      </div>
      <p className="mt-6">
        <TextLink href="/settings/profile">Keep my email</TextLink>
      </p>
    </SettingsFrame>
  )
}
