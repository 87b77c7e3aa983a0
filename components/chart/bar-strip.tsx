import { useId } from 'react'
import type { ChartColumn, ChartSeries, ChartUnit } from './bar-chart.tsx'
import { formatCount } from './format-count.ts'

const HEIGHT = 100
const COLUMN_WIDTH = 10
const BAR_WIDTH = 7
/** Keeps a bar of one visible next to a bar of thousands. */
const MIN_HEIGHT = 4

// The browser does not force colours inside SVG.
const FILL: Record<ChartSeries['tone'], string> = {
  accent: 'fill-accent forced-colors:fill-[CanvasText]',
  danger: 'fill-danger forced-colors:fill-[CanvasText]',
  quiet: 'fill-quiet forced-colors:fill-[CanvasText]',
}

const PREPOSITION: Record<ChartUnit, string> = { day: 'on', hour: 'at' }

type BarStripProps = { columns: ChartColumn[]; series: ChartSeries; unit: ChartUnit }

/** The bars of one series. The drawing stretches, so all text is outside of it. */
export function BarStrip({ columns, series: { name, values, tone }, unit }: BarStripProps) {
  const id = useId()
  const highest = Math.max(...values)
  const width = columns.length * COLUMN_WIDTH
  const summary = describeValues(values, columns, unit)
  return (
    <div>
      <p className="flex flex-wrap gap-x-2">
        <span className="font-medium">{name}</span>
        <span className="text-quiet">{summary}</span>
      </p>
      <svg
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="mt-1 block h-12 w-full sm:h-16"
      >
        <title id={`${id}-title`}>{name}</title>
        <desc id={`${id}-desc`}>{summary}</desc>
        {columns.map(({ longLabel }, index) => {
          const value = values[index] ?? 0
          const height = value === 0 ? 0 : Math.max(MIN_HEIGHT, (value / highest) * HEIGHT)
          const left = index * COLUMN_WIDTH
          return (
            <g key={longLabel}>
              <title>{`${longLabel}: ${formatCount(value)}`}</title>
              <rect
                x={left}
                width={COLUMN_WIDTH}
                height={HEIGHT}
                className="fill-transparent hover:fill-wash"
              />
              <rect
                x={left + (COLUMN_WIDTH - BAR_WIDTH) / 2}
                y={HEIGHT - height}
                width={BAR_WIDTH}
                height={height}
                className={`pointer-events-none ${FILL[tone]}`}
              />
            </g>
          )
        })}
        <line
          x1={0}
          x2={width}
          y1={HEIGHT}
          y2={HEIGHT}
          vectorEffect="non-scaling-stroke"
          className="stroke-2 stroke-edge"
        />
      </svg>
    </div>
  )
}

/** "12 in total, most on Thu 26 Nov (5)". */
function describeValues(values: number[], columns: ChartColumn[], unit: ChartUnit): string {
  const total = values.reduce((sum, value) => sum + value, 0)
  if (total === 0) return 'none'
  const highest = Math.max(...values)
  const when = `${PREPOSITION[unit]} ${columns[values.indexOf(highest)]?.longLabel}`
  if (total === highest) return `${formatCount(total)} ${when}`
  return `${formatCount(total)} in total, most ${when} (${formatCount(highest)})`
}
