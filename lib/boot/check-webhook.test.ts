import { expect, test } from 'vitest'
import { checkWebhook } from './check-webhook.ts'

const webhook = (url: string, allowsPrivate = false) => ({ url: new URL(url), secret: 'x', allowsPrivate })

test('accepts no webhook, a host name and a public address', () => {
  checkWebhook(null)
  for (const host of ['hooks.example.org', 'localhost', '1.1.1.1'])
    checkWebhook(webhook(`https://${host}/hook`))
})

test.each(['http://127.0.0.1/hook', 'http://[::ffff:10.0.0.1]/', 'http://2130706433'])(
  '%s stops the start unless private addresses are allowed',
  (url) => {
    expect(() => checkWebhook(webhook(url))).toThrow(/^ALERT_WEBHOOK_URL is a private address/)
    checkWebhook(webhook(url, true))
  },
)
