import { BarChart } from '#components/chart/bar-chart.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Operator } from '#lib/actor.ts'
import { countEvents } from '#lib/audit/count-events.ts'
import { columnOf, logInSeries, SPANS, type Span, startsOf } from './log-in-series.ts'

/** Attempts to log in and what came of them; a link toggles between a day and a month. */
export async function LogInChart({ operator, span, now }: { operator: Operator; span: Span; now: Date }) {
  const starts = startsOf(span, now)
  const counts = await countEvents(operator, { since: starts[0] ?? now, by: SPANS[span].by }, now)
  return (
    <section className="mt-12">
      <BarChart
        title="Log-in attempts"
        description={`What came of them in ${SPANS[span].words} (UTC). “Throttled” counts each limit once while it is reached, sign-ups and renewals included.`}
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
