import { ButtonForm } from '#components/form/button-form.tsx'
import { RelativeDateTime } from '#components/ui/relative-date.tsx'
import type { SessionView } from '#lib/auth/session/list-sessions.ts'
import { endSessionAction } from './actions.ts'

type SessionRowProps = {
  session: SessionView
  /** Another device has the same name, so the name of the button includes when this one logged in. */
  isNamesake: boolean
  now: string
}

export function SessionRow({ session, isNamesake, now }: SessionRowProps) {
  const { id, device, isCurrent, ipAddress, createdAt, lastSeenAt, persistent } = session
  return (
    <li className="flex items-start justify-between gap-x-4 border-line border-t py-4">
      <div className="min-w-0">
        <p className="wrap-anywhere font-medium">
          <span id={`device-${id}`}>{device}</span>
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
          <span id={`since-${id}`}>
            Logged in <RelativeDateTime at={createdAt.toISOString()} now={now} />
          </span>
          {persistent ? '' : ', until the browser closes'}
        </p>
      </div>
      {!isCurrent && (
        <ButtonForm
          action={endSessionAction}
          name={`end-session ${id}`}
          fields={{ id }}
          id={`end-${id}`}
          aria-labelledby={`end-${id} device-${id}${isNamesake ? ` since-${id}` : ''}`}
          className="whitespace-nowrap"
        >
          Log out
        </ButtonForm>
      )}
    </li>
  )
}
