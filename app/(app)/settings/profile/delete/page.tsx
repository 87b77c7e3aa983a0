import { TextLink } from '#components/ui/text-link.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { getEmailChange } from '#lib/auth/email-change/get-email-change.ts'
import { DELETION_DAYS } from '#lib/auth/policy.ts'
import { SettingsFrame } from '../../settings-frame.tsx'
import { UndoableChange } from '../email/undoable-change.tsx'
import { DeleteAccountForm } from './delete-account-form.tsx'

export default async function DeleteAccountPage() {
  const actor = await requireActor('/settings/profile/delete')
  const now = new Date()
  const { former } = await getEmailChange({ userId: actor.userId, now })
  return (
    <SettingsFrame
      actor={actor}
      heading="Delete your account"
      intro={
        <ul className="mt-3 grid list-disc gap-2 pl-5">
          <li>You’re logged out on all your devices immediately.</li>
          <li>After {DELETION_DAYS} days your tasks, your profile and your devices are deleted for good.</li>
          <li>If you log in before then, your account is kept.</li>
          <li>The security log keeps its entries, without your email address.</li>
        </ul>
      }
    >
      <div className="max-w-96">
        {former ? (
          <UndoableChange title="Delete your account" former={former} what="delete your account" now={now} />
        ) : (
          <DeleteAccountForm email={actor.email} />
        )}
      </div>
      <p className="mt-6">
        <TextLink href="/settings/profile">Keep my account</TextLink>
      </p>
    </SettingsFrame>
  )
}
