import { expect, test } from 'vitest'
import { deviceName } from './device-name.ts'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Chrome on Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Microsoft Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  [
    'Mozilla/5.0 (Linux; U; Android 13; en-us; Redmi Note 8 Build/TKQ1) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.10.1',
    'Miui on Android',
  ],
  ['Opera/9.80 (X11; Linux x86_64) Presto/2.12.388 Version/12.16', 'Opera on Linux'],
])('%s is %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name)
})

test.each([
  ['curl/8.14.1', 'curl'],
  ['PostmanRuntime/7.44.0', 'PostmanRuntime'],
  ['python-requests/2.32.4', 'python-requests'],
])('names a client program by its own name: %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name)
})

test.each([
  ['backup-tool/2.1 (Linux x86_64)', 'backup-tool on Linux'],
  ['Confirmed as you by Taskward, 10.0.0.1/1 x', 'Confirmed'],
  ['<b>you</b>/1.0 x', 'Unknown device'],
  [`${'x'.repeat(400)}/1 x`, 'x'.repeat(40)],
])('takes only the first word of an unknown user agent: %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name)
})

test.each([null, '', '\\u{0}\\u{1b}[31m', '<script>', '🙂'])('%j is an unknown device', (userAgent) => {
  expect(deviceName(userAgent)).toBe('Unknown device')
})

test('cuts a long name', () => {
  expect(deviceName('x'.repeat(512))).toBe('x'.repeat(40))
})
