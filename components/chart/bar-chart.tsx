import { BarStrip } from './bar-strip.tsx'
import { NumberTable } from './number-table.tsx'

/** A day or an hour: in few characters for the axis, and in full for tooltips and the table. `href` tells more of it. */
export type ChartColumn = { label: string; longLabel: string; href?: string }

/** One value per column. */
export type ChartSeries = { name: string; values: number[]; tone: 'accent' | 'danger' | 'quiet' }

type BarChartProps = {
  title: string
  /** One or two sentences below the title. */
  description: string
  /** What a column is. */
  unit: 'day' | 'hour'
  columns: ChartColumn[]
  series: ChartSeries[]
}

/**
 * Counts over time, drawn on the server: one strip of bars per series, one below the other, so that each is told by
 * its place and its name, not by its colour, and a rare series stays visible beside a frequent one. Each strip is as
 * high as its highest bar, which its heading names. The same numbers stand in a table below.
 */
export function BarChart({ title, description, unit, columns, series }: BarChartProps) {
  const ticks = [columns[0], columns[Math.floor(columns.length / 2)], columns.at(-1)]
  return (
    <figure>
      <figcaption>
        <h2 className="text-lead">{title}</h2>
        <p className="max-w-prose text-quiet text-small">{description}</p>
      </figcaption>
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
      <NumberTable caption={title} unit={unit} columns={columns} series={series} />
    </figure>
  )
}
