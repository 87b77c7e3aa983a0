import { TextLink } from '#components/ui/text-link.tsx'
import type { FindingView } from '#lib/watch/findings/list-findings.ts'
import { UtcTime } from '../utc-time.tsx'
import { describeConfidence, describeFinding } from './describe-finding.ts'
import { FindingResponses } from './finding-responses.tsx'
import { type FindingResponse, listResponses } from './responses.ts'
import type { SecurityQuery } from './security-query.ts'

type FindingEntryProps = {
  finding: FindingView
  /** The end of the block of its network. */
  blockedUntil?: Date | null
  /** For an open finding: the response to ask about, and what links to the page keep. */
  open?: { confirm: FindingResponse | null; part: SecurityQuery; now: Date }
}

/** A finding in words: what, who, since when, how likely; while it is open, with buttons to respond. */
export function FindingEntry({ finding, blockedUntil = null, open }: FindingEntryProps) {
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
      {open && (
        <FindingResponses
          {...open}
          findingId={id}
          offers={listResponses(
            { id, text, account: mayEndSessions, network: mayBlock, blockedUntil },
            open.now,
          )}
        />
      )}
    </li>
  )
}
