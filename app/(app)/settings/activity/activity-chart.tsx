import { BarChart } from '#components/chart/bar-chart'
import { KINDS } from '#lib/audit/activity-filter'
import type { DayCount } from '#lib/audit/count-own-events'
import { sayDate, sayWeekday, utc } from '#lib/say-date'

/** Log-ins and failed attempts, day by day. */
export function ActivityChart({ days }: { days: DayCount[] }) {
  return (
    <BarChart
      title={`Last ${days.length} days`}
      description="Days begin at midnight UTC."
      unit="day"
      columns={days.map(({ day }, index) => ({
        label: index === days.length - 1 ? 'Today' : sayDate(day, utc),
        longLabel: `${sayWeekday(day, utc)} ${sayDate(day, utc)}`,
      }))}
      series={[
        { name: KINDS['log-ins'].label, values: days.map(({ logIns }) => logIns), tone: 'accent' },
        { name: KINDS.failures.label, values: days.map(({ failures }) => failures), tone: 'danger' },
      ]}
    />
  )
}
