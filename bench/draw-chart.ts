import type { Comparison } from './compare-contenders.ts'
import { formatNumber } from './format-comparison.ts'
import { SCENARIOS } from './scenarios.ts'
import { median } from './statistics.ts'

export type Theme = 'light' | 'dark'

const COLOURS = {
  light: { text: '#24292f', own: '#1f7a5c', other: '#b4bcc4' },
  dark: { text: '#e6edf3', own: '#5fbf9a', other: '#57606a' },
} as const satisfies Record<Theme, Record<string, string>>

const WIDTH = 760
const LABELS_WIDTH = 330
const ROW = 30
const TITLE = 40
/** Right of the longest bar. */
const NUMBERS_WIDTH = 60

/** Horizontal bars of the median rates, Taskward's in its own colour. */
export function drawChart({ scenario, rows }: Comparison, theme: Theme): string {
  const { text, own, other } = COLOURS[theme]
  const rates = rows.map(({ rounds }) => median(rounds.map(({ rate }) => rate)))
  const scale = (WIDTH - LABELS_WIDTH - NUMBERS_WIDTH) / Math.max(...rates)
  const height = TITLE + rows.length * ROW
  const title = `${SCENARIOS[scenario].title}: requests per second`
  const bars = rows.map((row, i) => {
    const rate = rates[i] ?? 0
    const [y, length] = [TITLE + i * ROW, Math.round(rate * scale)]
    return [
      `<text x="${LABELS_WIDTH - 10}" y="${y + 16}" text-anchor="end">${escapeText(row.title)}</text>`,
      `<rect x="${LABELS_WIDTH}" y="${y}" width="${length}" height="22" rx="3" fill="${i === 0 ? own : other}"/>`,
      `<text x="${LABELS_WIDTH + length + 8}" y="${y + 16}">${formatNumber(rate)}</text>`,
    ].join('\n')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeText(title)}" font-family="system-ui, sans-serif" font-size="13" fill="${text}">
<text x="${LABELS_WIDTH}" y="20" font-weight="600">${escapeText(title)}</text>
${bars.join('\n')}
</svg>
`
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
