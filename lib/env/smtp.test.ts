import { describe, expect, test } from 'vitest'
import { mailbox, smtpUrl } from './smtp.ts'

const ANN = { user: 'ann@example.org', pass: 'p:a/s?s' }

describe('SMTP_URL', () => {
  test.each([
    ['smtps://mail.example.org', { host: 'mail.example.org', port: 465, tls: 'direct', auth: null }],
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, tls: 'starttls', auth: null }],
    [
      'smtp://ann%40example.org:p%3Aa%2Fs%3Fs@mail.example.org:2525/',
      { host: 'mail.example.org', port: 2525, tls: 'starttls', auth: ANN },
    ],
    ['smtp://10.0.0.5:25?tls=none', { host: '10.0.0.5', port: 25, tls: 'none', auth: null }],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, tls: 'none', auth: null }],
    ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, tls: 'none', auth: null }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, tls: 'none', auth: null }],
    ['smtp://localhost?tls=required', { host: 'localhost', port: 587, tls: 'starttls', auth: null }],
    [
      'smtp://localhost.example.org',
      { host: 'localhost.example.org', port: 587, tls: 'starttls', auth: null },
    ],
  ])('%s', (text, server) => expect(smtpUrl.parse(text)).toEqual(server))

  test.each([
    'mail.example.org',
    'https://mail.example.org',
    'smtp://',
    'smtp://mail.example.org/inbox',
    'smtp://mail.example.org#x',
    'smtp://mail.example.org?tls=optional',
    'smtp://mail.example.org?tls=none&tls=required',
    'smtp://mail.example.org?ignoreTLS=true',
    'smtps://mail.example.org?tls=none',
    'smtps://hunter2@mail.example.org',
    'smtps://:hunter2@mail.example.org',
    'smtps://ann:hunter2%@mail.example.org',
    'smtp://mail.example.org:99999',
  ])('refuses %s without quoting it', (text) => {
    const { error } = smtpUrl.safeParse(text)
    expect(error?.issues[0]?.message).toMatch(/^must be a URL such as smtps:/)
    expect(error?.issues[0]?.message).not.toContain('hunter2')
  })
})

describe('MAIL_FROM', () => {
  test.each([
    ['no-reply@example.org', { name: '', address: 'no-reply@example.org' }],
    ['Taskward <no-reply@example.org>', { name: 'Taskward', address: 'no-reply@example.org' }],
    ['"Taskward, Inc." <a+b@example.org>', { name: 'Taskward, Inc.', address: 'a+b@example.org' }],
    ['Tâches <no-reply@example.org>', { name: 'Tâches', address: 'no-reply@example.org' }],
    ['taskward@localhost', { name: '', address: 'taskward@localhost' }],
  ])('%s', (text, sender) => expect(mailbox.parse(text)).toEqual(sender))

  test.each([
    'Taskward',
    'no-reply@',
    '@example.org',
    'a@b@example.org',
    'Taskward <no-reply@example.org>, eve@example.org',
    'Taskward\r\nBcc: eve@example.org <no-reply@example.org>',
    'no-reply@example.org\r\nBcc: eve@example.org',
    'nö@example.org',
  ])('refuses %j', (text) => {
    expect(mailbox.safeParse(text).error?.issues[0]?.message).toMatch(/^must be a sender such as/)
  })
})
