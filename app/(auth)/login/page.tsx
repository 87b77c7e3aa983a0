import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { PageForms } from '#components/form/page-forms.tsx'
import { SessionChangeBroadcast } from '#components/session/session-change-broadcast.tsx'
import { CanonicalAddressNotice } from '#components/shell/canonical-address-notice.tsx'
import { FormColumn } from '#components/shell/page-column.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { PageNotice } from '#components/ui/page-notice.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { getActor } from '#lib/auth/actor.ts'
import { ACTIVE_SESSIONS_LIMIT, DELETION_DAYS } from '#lib/auth/policy.ts'
import { newSubmissionId } from '#lib/auth/session/double-submission.ts'
import { getLogOutReason, type LogOutReason } from '#lib/auth/session/get-log-out-reason.ts'
import { isRedirectLoop } from '#lib/gate/redirect-loop.ts'
import { getCanonicalAddress } from '#lib/gate/same-origin.ts'
import { hasDraft } from '#lib/http/drafts.ts'
import { hasLoggedOut } from '#lib/http/flash-message.ts'
import { getReturnedForm } from '#lib/http/returned-form.ts'
import { safeRedirect } from '#lib/http/safe-redirect.ts'
import { getOnlyRefreshToken } from '#lib/http/session-cookies.ts'
import { LogInForm } from './log-in-form.tsx'

const LOG_OUT_REASONS: Record<LogOutReason, string> = {
  logged_out: 'You logged out.',
  logged_out_elsewhere: 'You were logged out from another device.',
  password_changed: 'Your password was changed, so you were logged out everywhere.',
  refresh_token_reused:
    'We closed this session because its key was used twice, which can mean it was copied. If this surprises you, log in and change your password.',
  ended_by_operator: 'An administrator logged you out.',
  too_many_sessions: `You were logged out because your account was logged in on more than ${ACTIVE_SESSIONS_LIMIT} devices. If this surprises you, log in and change your password.`,
  account_deletion: `Your account will be deleted ${DELETION_DAYS} days after the request. To keep it, log in before then.`,
  account_secured:
    'Your account was secured with a link from an email. Its old password no longer works. Choose a new one.',
  expired: 'You were logged out because your session expired.',
}

const CONFLICT =
  'Your browser sends cookies of different log-ins to different pages of this site. Delete this site’s cookies, then log in again.'

const TEXT_IS_KEPT = 'We kept what you typed. It comes back when you log in to the same account.'

export default async function LogInPage({ searchParams }: PageProps<'/login'>) {
  const { next: wanted } = await searchParams
  const next = safeRedirect(wanted)
  const isSignedIn = (await getActor()) !== null
  if (isSignedIn && !(wanted && isRedirectLoop(await headers()))) redirect(next)
  const refreshToken = await getOnlyRefreshToken()
  const logOutReason = refreshToken ? await getLogOutReason(refreshToken, new Date()) : null
  const logOutNotice = (await hasLoggedOut()) ? 'You’re logged out.' : null
  const reason = isSignedIn ? CONFLICT : logOutReason ? LOG_OUT_REASONS[logOutReason] : logOutNotice
  const notice = (await hasDraft()) ? `${reason ?? 'You were logged out.'} ${TEXT_IS_KEPT}` : reason
  return (
    <PageForms returned={await getReturnedForm()}>
      <SignedOutHeader />
      <FormColumn
        heading="Log in"
        footer={
          <div className="grid gap-2">
            <p>
              <TextLink href="/forgot-password">Forgot your password?</TextLink>
            </p>
            <p>
              New here? <TextLink href={`/signup?next=${encodeURIComponent(next)}`}>Create account</TextLink>
            </p>
          </div>
        }
      >
        <SessionChangeBroadcast />
        <CanonicalAddressNotice origin={getCanonicalAddress(await headers())} />
        {notice && <PageNotice>{notice}</PageNotice>}
        <LogInForm next={next} submission={newSubmissionId()} />
      </FormColumn>
    </PageForms>
  )
}
