'use client'

import { EventTime } from '#components/ui/relative-date.tsx'
import type { Phrase } from '#lib/tasks/journal/words/phrase.ts'
import { PhraseText } from './phrase-text.tsx'

type TaskHistoryProps = {
  /** Newest first. `at` is ISO 8601. */
  changes: { id: string; at: string; phrases: Phrase[] }[]
  /** The server's clock, ISO 8601. */
  now: string
}

/** What happened to one task. */
export function TaskHistory({ changes, now }: TaskHistoryProps) {
  return (
    <ol aria-label="History" className="text-small">
      {changes.map(({ id, at, phrases }) => (
        <li key={id} className="batch">
          <div>
            {phrases.map((phrase, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the phrases of a change have no other key
              <p key={index}>
                <PhraseText phrase={phrase} />
              </p>
            ))}
          </div>
          <EventTime at={at} now={now} />
        </li>
      ))}
    </ol>
  )
}
