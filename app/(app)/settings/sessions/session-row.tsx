import { ButtonForm } from '#components/form/button-form.tsx'
import { RelativeDateTime } from '#components/ui/relative-date.tsx'
import type { SessionView } from '#lib/auth/session/list-sessions.ts'
import { endSessionAction } from './actions.ts'

export function SessionRow({ session, now }: { session: SessionView; now: string }) {
  const { id, device, isCurrent, ipAddress, createdAt, lastSeenAt, persistent } = session
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-line border-t py-4">
      <div className="min-w-0">
        <p className="wrap-anywhere font-medium">
          {device}
          {isCurrent && <span className="ml-3 font-normal text-accent">This device</span>}
        </p>
        <p className="wrap-anywhere text-quiet text-small">
          {isCurrent ? (
            'Active now'
          ) : (
            <>
              Last active <RelativeDateTime at={lastSeenAt.toISOString()} now={now} />
            </>
          )}
          {ipAddress && <span>{` · ${ipAddress}`}</span>}
        </p>
        <p className="text-quiet text-small">
          Logged in <RelativeDateTime at={createdAt.toISOString()} now={now} />
          {persistent ? '' : ', until the browser closes'}
        </p>
      </div>
      {!isCurrent && (
        <ButtonForm
          action={endSessionAction}
          name={`end-session ${id}`}
          fields={{ id }}
          className="wrap-anywhere"
        >{`Log out ${device}`}</ButtonForm>
      )}
    </li>
  )
}
