import { expect, test } from 'vitest'
import { drawChart } from './draw-chart.ts'

const rounds = (...rates: number[]) => rates.map((rate) => ({ rate, cpuMs: null, p50: 1, p99: 2 }))
const comparison = {
  scenario: 'list-cookie' as const,
  rows: [
    { title: 'Taskward', rounds: rounds(100, 90, 400) },
    { title: 'a "floor" & more', rounds: rounds(200) },
  ],
}

test('draws one bar for each contender, as long as its median rate', () => {
  const lengths = [...drawChart(comparison, 'light').matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, width]) =>
    Number(width),
  )
  expect(lengths).toEqual([185, 370])
})

test('escapes titles, and gives each theme its own colours', () => {
  expect(drawChart(comparison, 'light')).toContain('>a &quot;floor&quot; &amp; more<')
  expect(drawChart(comparison, 'dark')).not.toContain('#24292f')
})
