import { expect, test } from 'vitest'
import { dayIn } from './day-in.ts'

test('gives the day of each zone, the first time and later', () => {
  const evening = new Date('2026-11-29T23:30:00Z')
  for (let time = 0; time < 2; time++) {
    expect(dayIn('UTC', evening)).toBe('2026-11-29')
    expect(dayIn('Asia/Kathmandu', evening)).toBe('2026-11-30')
    expect(dayIn('America/New_York', evening)).toBe('2026-11-29')
  }
})
