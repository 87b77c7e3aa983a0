import { TextLink } from '#components/ui/text-link.tsx'
import type { FindingView } from '#lib/watch/findings/list-findings.ts'
import { UtcTime } from '../utc-time.tsx'
import { describeConfidence, describeFinding } from './describe-finding.ts'
import { ResponseButton } from './response-button.tsx'
import { longerBlocks } from './responses.ts'

type FindingEntryProps = {
  finding: FindingView
  /** A past finding offers no responses. */
  isPast?: boolean
  /** The end of the block of its network. */
  blockedUntil?: Date | null
}

/** A finding in words: what, who, since when, how likely; while it is open, with buttons to respond. */
export function FindingEntry({ finding, isPast = false, blockedUntil = null }: FindingEntryProps) {
  const { id, confidence, firstSeenAt, lastSeenAt, handledAt, userId } = finding
  const { text, evidence, evidencePath, from, mayBlock, mayEndSessions } = describeFinding(finding)
  return (
    <li className="border-line border-t py-5">
      <p className="wrap-anywhere font-medium">{text}</p>
      <p className="mt-1 text-quiet">
        <span className="text-ink">{describeConfidence(confidence)}</span> · <span>{evidence}</span> · since{' '}
        <UtcTime at={firstSeenAt} /> · last <UtcTime at={lastSeenAt} />
        {handledAt && (
          <span>
            {' '}
            · handled <UtcTime at={handledAt} />
          </span>
        )}
        {blockedUntil && (
          <span>
            {' '}
            · address blocked until <UtcTime at={blockedUntil} />
          </span>
        )}
      </p>
      {from && <p className="wrap-anywhere mt-1 text-quiet">{from}</p>}
      <p className="mt-1 flex flex-wrap gap-x-4">
        <TextLink href={evidencePath}>See the events</TextLink>
        {userId && <TextLink href={`/admin/users/${userId}`}>See the account</TextLink>}
      </p>
      {!isPast && (
        <div className="mt-3 flex flex-wrap gap-2">
          {mayEndSessions && (
            <>
              <ResponseButton response="end-sessions" target={mayEndSessions} to={text} />
              <ResponseButton response="require-password-change" target={mayEndSessions} to={text} />
            </>
          )}
          {mayBlock &&
            longerBlocks(blockedUntil, new Date()).map((response) => (
              <ResponseButton key={response} response={response} target={mayBlock} to={mayBlock} />
            ))}
          <ResponseButton response="handled" target={id} to={text} />
        </div>
      )}
    </li>
  )
}
