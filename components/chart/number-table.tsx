import { TextLink } from '#components/ui/text-link.tsx'
import type { ChartColumn, ChartSeries } from './bar-chart.tsx'
import { formatCount } from './format-count.ts'

type NumberTableProps = {
  caption: string
  /** Of the first column. */
  heading: string
  columns: ChartColumn[]
  series: ChartSeries[]
}

/** The numbers of a chart, newest first. */
export function NumberTable({ caption, heading, columns, series }: NumberTableProps) {
  const rows = columns.map(({ longLabel, href }, index) => ({
    longLabel,
    href,
    cells: series.map(({ name, values }) => ({ name, value: values[index] ?? 0 })),
  }))
  return (
    <details className="mt-2">
      <summary className="inline-flex min-h-11 cursor-pointer items-center rounded-sm text-accent underline decoration-1 underline-offset-4 hover:text-accent-strong hover:decoration-2">
        Show as a table
      </summary>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        aria-label={`${caption}: numbers`}
        className="max-h-80 overflow-auto rounded-lg border border-line"
      >
        <table className="w-full tabular-nums">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr className="text-left text-quiet text-small">
              <th scope="col" className="px-3 py-2 font-normal">
                {heading}
              </th>
              {series.map(({ name }) => (
                <th key={name} scope="col" className="px-3 py-2 text-right font-normal">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.reverse().map(({ longLabel, href, cells }) => (
              <tr key={longLabel} className="border-line border-t">
                <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal">
                  {href ? <TextLink href={href}>{longLabel}</TextLink> : longLabel}
                </th>
                {cells.map(({ name, value }) => (
                  <td key={name} className="px-3 py-1.5 text-right">
                    {formatCount(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
