import { BarChart } from '#components/chart/bar-chart.tsx'
import type { DayCount } from '#lib/audit/count-account-events.ts'
import { KINDS, viewOfDay } from '#lib/audit/words/activity-filter.ts'
import { formatDate, formatWeekday, utc } from '#lib/format-date.ts'

type ActivityChartProps = {
  days: DayCount[]
  /** Null while the account has chosen none. */
  timeZone: string | null
}

/** Log-ins and failed attempts by day. A day with events links to them. */
export function ActivityChart({ days, timeZone }: ActivityChartProps) {
  const zone = timeZone?.replaceAll('_', ' ') ?? 'UTC'
  return (
    <BarChart
      title={`Last ${days.length} days`}
      description={`Days begin at midnight (${zone}).`}
      unit="day"
      zone={zone}
      columns={days.map(({ day, logIns, failures }, index) => ({
        label: index === days.length - 1 ? 'Today' : formatDate(day, utc),
        longLabel: `${formatWeekday(day, utc)} ${formatDate(day, utc)}`,
        ...(logIns + failures > 0 && {
          href: `/settings/activity?${new URLSearchParams(viewOfDay(day))}#events`,
        }),
      }))}
      series={[
        { name: KINDS['log-ins'].label, values: days.map(({ logIns }) => logIns), tone: 'accent' },
        { name: KINDS.failures.label, values: days.map(({ failures }) => failures), tone: 'danger' },
      ]}
    />
  )
}
