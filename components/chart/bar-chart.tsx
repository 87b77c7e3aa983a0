import type { ReactNode } from 'react'
import { BarStrip } from './bar-strip.tsx'
import { NumberTable } from './number-table.tsx'

/** `label` is short, for the axis; `longLabel` is for tooltips and the table; `href` links to the events. */
export type ChartColumn = { label: string; longLabel: string; href?: string }

/** One value per column. */
export type ChartSeries = { name: string; values: number[]; tone: 'accent' | 'danger' | 'quiet' }

/** The length of a column. */
export type ChartUnit = 'day' | 'hour'

const UNIT: Record<ChartUnit, string> = { day: 'Day', hour: 'Hour' }

type BarChartProps = {
  title: string
  description: string
  unit: ChartUnit
  /** The time zone of the columns. */
  zone: string
  columns: ChartColumn[]
  series: ChartSeries[]
  /** Above the bars, such as a switch to another time. */
  children?: ReactNode
}

/**
 * Counts over time, drawn on the server. Each series has a strip of its own with its own scale: position and name
 * identify it without colour, and a rare series stays visible. A table below repeats the numbers.
 */
export function BarChart({ title, description, unit, zone, columns, series, children }: BarChartProps) {
  const ticks = [columns[0], columns[Math.floor(columns.length / 2)], columns.at(-1)]
  return (
    <figure>
      <figcaption>
        <h2 className="text-lead">{title}</h2>
        <p className="max-w-prose text-quiet text-small">{description}</p>
      </figcaption>
      {children && <div className="mt-3">{children}</div>}
      <div className="mt-4 grid gap-4">
        {series.map((one) => (
          <BarStrip key={one.name} columns={columns} series={one} unit={unit} />
        ))}
      </div>
      <div aria-hidden="true" className="mt-1 grid grid-cols-3 text-quiet text-small">
        <span>{ticks[0]?.label}</span>
        <span className="text-center">{ticks[1]?.label}</span>
        <span className="text-right">{ticks[2]?.label}</span>
      </div>
      <NumberTable caption={title} heading={`${UNIT[unit]} (${zone})`} columns={columns} series={series} />
    </figure>
  )
}
