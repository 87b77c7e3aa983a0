import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import type { FindingView } from '#lib/watch/findings/list-findings.ts'
import { FindingEntry } from './finding-entry.tsx'
import { securityPath } from './security-query.ts'

type PastFindingsProps = { findings: FindingView[]; nextCursor: string | null; isFirstPage: boolean }

/** Findings that were handled, or had no new evidence for 24 hours. */
export function PastFindings({ findings, nextCursor, isFirstPage }: PastFindingsProps) {
  return (
    <section className="mt-12">
      <h2 className="mb-3 text-lead">Past findings</h2>
      {findings.length === 0 && <p className="text-quiet">{isFirstPage ? 'None.' : 'No more.'}</p>}
      {findings.length > 0 && (
        <ul aria-label="Past findings">
          {findings.map((finding) => (
            <FindingEntry key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
      <PaginationLinks
        name="Pages of past findings"
        newest={isFirstPage ? null : securityPath({})}
        older={nextCursor && securityPath({ past: nextCursor })}
      />
    </section>
  )
}
