import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import { operatorOf } from '#lib/actor.ts'
import { requireAdmin } from '#lib/auth/actor.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { getBlockEnds, listBlocks } from '#lib/operator/list-blocks.ts'
import { listFindings } from '#lib/watch/findings/list-findings.ts'
import { AdminFrame } from '../admin-frame.tsx'
import { BlockList } from './block-list.tsx'
import { FindingEntry } from './finding-entry.tsx'
import { LogInChart } from './log-in-chart.tsx'
import { PastFindings } from './past-findings.tsx'
import { RESPONSES } from './responses.ts'
import { readSecurityQuery, securityPath } from './security-query.ts'

export default async function SecurityPage({ searchParams }: PageProps<'/admin/security'>) {
  const actor = await requireAdmin('/admin/security')
  const operator = operatorOf(actor)
  const query = readSecurityQuery(await searchParams)
  const now = new Date()
  const [open, past, blocked] = await Promise.all([
    listFindings(operator, { state: 'open', limit: 20, cursor: query.open, now }),
    listFindings(operator, { state: 'past', limit: 10, cursor: query.past, now }),
    listBlocks(operator, { cursor: query.blocks, now }),
  ])
  const networks = open.findings.flatMap(({ network }) => network ?? [])
  const ends = await getBlockEnds(operator, networks, { now })
  const done = query.done && (await hasFlashMessage(query.done, actor)) ? query.done : null
  return (
    <AdminFrame
      actor={actor}
      heading="Security"
      intro="Suspicious activity, and what you can do about it. Times are UTC."
    >
      {done && <Notice>{RESPONSES[done].done}</Notice>}
      {open.findings.length > 0 ? (
        <ul aria-label="Open findings" className="mt-4">
          {open.findings.map((finding) => (
            <FindingEntry
              key={finding.id}
              finding={finding}
              blockedUntil={ends.get(finding.network ?? '') ?? null}
              open={{
                confirm: (query.finding === finding.id && query.confirm) || null,
                part: { span: query.span, open: query.open },
                now,
              }}
            />
          ))}
        </ul>
      ) : (
        <EmptyState title={query.open ? 'No further findings' : 'Nothing suspicious in the last 24 hours'}>
          {query.open
            ? 'The list ends here.'
            : 'Repeated failures, reused session keys and bursts of sign-ups will appear here.'}
        </EmptyState>
      )}
      <PaginationLinks
        name="Pages of open findings"
        newest={query.open ? securityPath({}) : null}
        older={open.nextCursor && securityPath({ open: open.nextCursor })}
      />
      <LogInChart operator={operator} span={query.span ?? 'day'} now={now} />
      <BlockList {...blocked} isFirstPage={!query.blocks} />
      <PastFindings findings={past.findings} nextCursor={past.nextCursor} isFirstPage={!query.past} />
    </AdminFrame>
  )
}
