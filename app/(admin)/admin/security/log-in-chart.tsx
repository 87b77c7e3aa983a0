import { BarChart } from '#components/chart/bar-chart.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Operator } from '#lib/actor.ts'
import { countEvents } from '#lib/audit/count-events.ts'
import { columnOf, logInSeries, SPANS, type Span, startsOf } from './log-in-series.ts'

/** Log-in attempts by outcome, over a day or a month. */
export async function LogInChart({ operator, span, now }: { operator: Operator; span: Span; now: Date }) {
  const starts = startsOf(span, now)
  const counts = await countEvents(operator, { since: starts[0] ?? now, by: SPANS[span].by, now: now })
  return (
    <section className="mt-12">
      <BarChart
        title="Log-in attempts"
        description={`Results over ${SPANS[span].words} (UTC). “Throttled” counts a limit once each time it is reached, and includes sign-ups and renewals.`}
        zone="UTC"
        unit={SPANS[span].by}
        columns={starts.map((start) => columnOf(start, span))}
        series={[...logInSeries(counts, starts)]}
      />
      <TextLink
        href={span === 'day' ? '/admin/security?span=month' : '/admin/security'}
        className="inline-flex min-h-11 items-center"
      >
        {span === 'day' ? 'Show 30 days' : 'Show 24 hours'}
      </TextLink>
    </section>
  )
}
