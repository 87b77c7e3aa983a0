import { TextLink } from '#components/ui/text-link.tsx'
import type { FindingView } from '#lib/watch/findings/list-findings.ts'
import { UtcTime } from '../utc-time.tsx'
import { AnswerButton } from './answer-button.tsx'
import { longerBlocks } from './answers.ts'
import { explainFinding, sayConfidence } from './finding-words.ts'

type FindingEntryProps = {
  finding: FindingView
  /** What to do about it is asked for open ones alone. */
  isPast?: boolean
  /** Of the network that it names. */
  blockedUntil?: Date | null
}

/** A suspicious pattern: what, who, since when, how sure, and, while it is open, what to do about it. */
export function FindingEntry({ finding, isPast = false, blockedUntil = null }: FindingEntryProps) {
  const { id, confidence, firstSeenAt, lastSeenAt, handledAt, userId } = finding
  const { text, evidence, evidencePath, from, mayBlock, mayEndSessions } = explainFinding(finding)
  return (
    <li className="border-line border-t py-5">
      <p className="wrap-anywhere font-medium">{text}</p>
      <p className="mt-1 text-quiet">
        <span className="text-ink">{sayConfidence(confidence)}</span> · <span>{evidence}</span> · since{' '}
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
              <AnswerButton answer="end-sessions" target={mayEndSessions} to={text} />
              <AnswerButton answer="require-password-change" target={mayEndSessions} to={text} />
            </>
          )}
          {mayBlock &&
            longerBlocks(blockedUntil, new Date()).map((answer) => (
              <AnswerButton key={answer} answer={answer} target={mayBlock} to={mayBlock} />
            ))}
          <AnswerButton answer="handled" target={id} to={text} />
        </div>
      )}
    </li>
  )
}
