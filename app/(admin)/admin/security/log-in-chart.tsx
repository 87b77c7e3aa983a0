import { BarChart } from '#components/chart/bar-chart.tsx'
import { ViewSwitch } from '#components/ui/view-switch.tsx'
import type { Operator } from '#lib/actor.ts'
import { countEvents } from '#lib/audit/count-events.ts'
import { columnOf, logInSeries, SPANS, type Span, startsOf } from './log-in-series.ts'
import { securityPath } from './security-query.ts'

const ID = 'log-ins'

/** Log-in attempts by outcome, over a day or a month. */
export async function LogInChart({ operator, span, now }: { operator: Operator; span: Span; now: Date }) {
  const starts = startsOf(span, now)
  const counts = await countEvents(operator, { since: starts[0] ?? now, by: SPANS[span].by, now: now })
  return (
    <section id={ID} className="mt-12">
      <BarChart
        title="Log-in attempts"
        description={`Results over ${SPANS[span].words} (UTC). “Throttled” counts a limit once each time it is reached, and includes sign-ups and renewals.`}
        zone="UTC"
        unit={SPANS[span].by}
        columns={starts.map((start) => columnOf(start, span))}
        series={[...logInSeries(counts, starts)]}
      >
        <ViewSwitch
          name="Time of the chart"
          views={[
            { text: '24 hours', href: `${securityPath({})}#${ID}`, isShown: span === 'day' },
            { text: '30 days', href: `${securityPath({ span: 'month' })}#${ID}`, isShown: span === 'month' },
          ]}
        />
      </BarChart>
    </section>
  )
}
