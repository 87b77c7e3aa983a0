import { expect, test } from 'vitest'
import { batchLines } from './batch-lines.ts'

function recorder() {
  const written: string[] = []
  return { written, lines: batchLines((text) => written.push(text)) }
}

test('writes the lines of a moment together', async () => {
  const { written, lines } = recorder()
  for (const line of ['one\n', 'two\n']) lines.write(line)
  expect(written).toEqual([])
  await expect.poll(() => written).toEqual(['one\ntwo\n'])
  lines.write('three\n')
  await expect.poll(() => written).toEqual(['one\ntwo\n', 'three\n'])
})

test('cuts at whole lines and 4 KiB, so that processes do not mix their lines in a pipe', () => {
  const { written, lines } = recorder()
  const line = `${'é'.repeat(1_000)}\n`
  for (let i = 0; i < 5; i++) lines.write(line)
  expect(written).toEqual([line + line, line + line])
  lines.flush()
  expect(written).toHaveLength(3)
})

test('a line that is too long alone is written alone', () => {
  const { written, lines } = recorder()
  const long = `${'x'.repeat(10_000)}\n`
  for (const line of ['a\n', long, 'b\n']) lines.write(line)
  lines.flush()
  lines.flush()
  expect(written).toEqual(['a\n', long, 'b\n'])
})
