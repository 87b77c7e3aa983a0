import { BarChart } from '#components/chart/bar-chart.tsx'
import type { DayCount } from '#lib/audit/count-account-events.ts'
import { KINDS, viewOfDay } from '#lib/audit/words/activity-filter.ts'
import { formatDate, formatWeekday, utc } from '#lib/format-date.ts'

/** Log-ins and failed attempts by day. A day with events links to them. */
export function ActivityChart({ days }: { days: DayCount[] }) {
  return (
    <BarChart
      title={`Last ${days.length} days`}
      description="Days begin at midnight UTC."
      unit="day"
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
