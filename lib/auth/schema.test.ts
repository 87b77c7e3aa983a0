import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { processorMs } from '#lib/testing/processor-time.ts'
import isemail from '../testing/vectors/email/isemail-tests.json' with { type: 'json' }
import { normaliseEmail } from './normalise-email.ts'
import { logInSchema, newPasswordSchema, signUpSchema } from './schema.ts'

const valid = { email: 'ann@example.com', password: 'Sunny-day7' }

function issuesOf(input: unknown, schema: typeof signUpSchema | typeof logInSchema = signUpSchema) {
  const parsed = schema.safeParse(input)
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [path.join('.'), message])
}

describe('e-mail', () => {
  test.each([
    ['  Ann@Example.COM ', 'ann@example.com'],
    ['ann@exämple.com', 'ann@xn--exmple-cua.com'],
    ['ann@EXÄMPLE.com', 'ann@xn--exmple-cua.com'],
    ['ann@例え。テスト', 'ann@xn--r8jz45g.xn--zckzah'],
    ['ann＠example.com', 'ann@example.com'],
    ['mailto:ann@example.com', 'ann@example.com'],
    ['\u2066MailTo:\u200bann@exämple.com\u2069', 'ann@xn--exmple-cua.com'],
    ["o'hara+tasks@sub.example.co.uk", "o'hara+tasks@sub.example.co.uk"],
  ])('%s becomes %s', (text, email) => {
    expect(normaliseEmail(text)).toBe(email)
    expect(normaliseEmail(email)).toBe(email)
  })

  test.each([
    ['half a surrogate pair', 'ann@exa\ud800mple.com'],
    ['a NUL', 'ann\0@example.com'],
    ['two at signs', 'ann@example.com@evil.example'],
    ['a host behind a port', 'ann@example.com:80'],
    ['a path', 'ann@example.com/x'],
    ['an escaped letter in the domain', 'ann@ex%61mple.com'],
    ['an account-of sign that hides a path', 'ann@example.c℀.example.com'],
    ['an escape in a link', 'mailto:ann%2Btasks@example.com'],
    ['a link in a link', 'mailto:mailto:ann@example.com'],
    ['a subject in a link', 'mailto:ann@example.com?subject=x'],
    ['a second at sign that is full-width', 'ann@evil.example@example.com'],
    ['a hexadecimal IPv4 address', 'ann@0x7f.1'],
    ['a final dot', 'ann@example.com.'],
    ['a line break for a mail header', 'ann@example.com\r\nBcc: eve@example.com'],
    ['255 characters', `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(58)}.com`],
    ['a domain that is too long in ASCII form only', `ann@${'ä.'.repeat(110)}com`],
    ['65 characters before the at sign', `${'a'.repeat(65)}@example.com`],
  ])('with %s is refused', (_, text) => {
    expect(normaliseEmail(text)).toBeNull()
  })

  test('accepts 254 characters', () => {
    const email = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com`
    expect(email).toHaveLength(254)
    expect(normaliseEmail(email)).toBe(email)
  })

  test('never maps a look-alike to an ASCII letter in the local part', () => {
    const accepted: string[] = []
    for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint)
      // Spaces of every kind are trimmed at the start, hence the letters around.
      const email = normaliseEmail(`a${character}b@example.com`)
      if (email !== null) accepted.push(character)
    }
    expect(accepted).toEqual([])
  })

  const unseen = Array.from({ length: 0x110000 - 0x80 }, (_, i) => i + 0x80)
    .filter((codePoint) => codePoint < 0xd800 || codePoint > 0xdfff)
    .map((codePoint) => String.fromCodePoint(codePoint))
    .filter((character) => /[\p{Cf}\p{Z}\p{White_Space}\p{Default_Ignorable_Code_Point}]/u.test(character))

  test('drops invisible characters and spaces around an address', () => {
    expect(unseen.length).toBeGreaterThan(4000)
    for (const character of unseen) {
      for (const text of [`${character}ann@example.com`, `ann@example.com${character}`])
        expect(normaliseEmail(text), JSON.stringify(text)).toBe('ann@example.com')
    }
  })

  test.each([
    'an\u200bn@example.com',
    'ann\u2060@example.com',
    'ann@exam\u202cple.com',
    'ann\u200f.example.com',
  ])('an invisible character inside %j is refused with a word about it', (email) => {
    expect(issuesOf({ ...valid, email })).toEqual([
      [
        'email',
        'This email address contains an invisible character. Delete the address and type it by hand.',
      ],
    ])
  })

  test('accepts only what normalises to itself, in printable ASCII', () => {
    const piece = fc.constantFrom(
      'ann',
      'A.b',
      '@',
      '＠',
      '.',
      'exämple',
      'K',
      'com',
      'mailto:',
      '%',
      ' ',
      ...unseen,
    )
    const near = fc.tuple(fc.array(piece, { maxLength: 3 }), fc.array(piece, { maxLength: 3 }))
    fc.assert(
      fc.property(near, ([before, after]) => {
        const email = normaliseEmail(`${before.join('')}ann@example.com${after.join('')}`)
        if (email === null) return
        expect(email).toMatch(/^[!-~]+$/)
        expect(normaliseEmail(email)).toBe(email)
      }),
      { numRuns: 2000 },
    )
  })

  test('refuses 64 KiB of hostile text quickly', () => {
    const ms = processorMs(() => {
      for (const piece of ['a.', 'a', ' ', '@', '\t', 'ä', 'a@', ' a', '\u200b', '\u200ba', 'mailto:']) {
        expect(normaliseEmail(piece.repeat(32_768))).toBeNull()
        expect(issuesOf({ ...valid, email: piece.repeat(32_768) })).toHaveLength(1)
        expect(normaliseEmail(`a@${piece.repeat(32_768)}`)).toBeNull()
      }
    })
    expect(ms).toBeLessThan(300)
  })

  const isAccepted = ({ address }: { address: string }) => normaliseEmail(address) !== null

  test('refuses every address that isemail calls an error', () => {
    const errors = isemail.tests.filter(({ category }) => category === 'ISEMAIL_ERR')
    expect(errors).toHaveLength(66)
    expect(errors.filter(isAccepted)).toEqual([])
  })

  test('accepts exactly the plain addresses with a dotted domain among the others', () => {
    const others = isemail.tests.filter(({ category }) => category !== 'ISEMAIL_ERR')
    const isPlain = ({ category }: { category: string }) => /VALID|DNSWARN/.test(category)
    const plainRefused = others.filter((vector) => isPlain(vector) && !isAccepted(vector))
    const otherAccepted = others.filter((vector) => !isPlain(vector) && isAccepted(vector))
    expect(plainRefused.map(({ address }) => address)).toEqual(['test@io'])
    expect(otherAccepted.map(({ address }) => address)).toEqual([' test@iana.org', 'test@iana.org '])
    expect([others.length, others.filter(isAccepted).length]).toEqual([98, 23])
  })
})

describe('new password', () => {
  test.each([
    ['8 characters of three kinds', 'Abcdefg1'],
    ['letters and digits of any script', 'Жуковкаж٣'],
    ['15 characters of one kind', 'correct horse b'],
    ['128 characters', 'a'.repeat(128)],
    ['128 emoji, which are 512 bytes', '😀'.repeat(128)],
    ['a NUL', 'Abcdef\x001'],
  ])('of %s is accepted', (_, password) => {
    expect(signUpSchema.parse({ ...valid, password }).password).toBe(password)
  })

  test.each([
    ['', 'Enter a password.'],
    ['Abcdef1', 'Use at least 8 characters.'],
    ['Ab1😀😀😀😀', 'Use at least 8 characters.'],
    [
      'abc',
      'Use at least 8 characters with an upper-case letter and a number, or use at least 15 characters.',
    ],
    ['a'.repeat(129), 'Use at most 128 characters.'],
    ['abcdefgh', 'Add an upper-case letter and a number, or use at least 15 characters.'],
    ['ABCDEFG1', 'Add a lower-case letter, or use at least 15 characters.'],
    [
      '---------',
      'Add an upper-case letter, a lower-case letter, and a number, or use at least 15 characters.',
    ],
    ['abcdefghijklmn', 'Add an upper-case letter and a number, or use at least 15 characters.'],
    ['Abcdefg1\ud800', 'Type the password again: it contains a broken character.'],
  ])('%j is refused with what to do', (password, message) => {
    expect(issuesOf({ ...valid, password })).toEqual([['password', message]])
  })

  test.each([
    ['Hangul of 13 characters, which are 29 decomposed', '한국어 비밀번호 열세자라', false],
    ['14 accented letters and more code points', 'é'.repeat(14), false],
    ['15 accented letters', 'é'.repeat(15), true],
    ['7 characters of three kinds that are 8 code points decomposed', 'Grün-77', false],
    ['8 characters of three kinds', 'Grün-778', true],
    ['128 letters with three marks each', 'ᾂ'.repeat(128), true],
    ['129 letters with a mark', 'é'.repeat(129), false],
    ['an upper-case letter with a mark of its own', 'Égal-778', true],
  ])('of %s is judged alike in every form', (_, password, isAccepted) => {
    for (const form of ['NFC', 'NFD'] as const) {
      const typed = { ...valid, email: 'ann@example.com', password: password.normalize(form) }
      const parsed = signUpSchema.safeParse(typed)
      expect(parsed.success, form).toBe(isAccepted)
      expect(newPasswordSchema(valid.email).safeParse(typed.password).success, form).toBe(isAccepted)
      if (parsed.success) expect(parsed.data.password).toBe(password.normalize('NFC'))
    }
  })

  test('of 64 KiB of marks, which would take seconds to normalise, is refused quickly', () => {
    const password = `a${'\u0316'.repeat(16_000)}${'\u0334'.repeat(16_000)}`
    const ms = processorMs(() =>
      expect(issuesOf({ ...valid, password })).toEqual([['password', 'Use at most 128 characters.']]),
    )
    expect(ms).toBeLessThan(200)
  })

  const holdsEmail = [['password', 'Choose a password that does not contain your email address.']]

  test('that contains the local part of the e-mail is refused, in any case, also as a passphrase', () => {
    expect(issuesOf({ email: 'Anna@example.com', password: 'xANNAx-123' })).toEqual(holdsEmail)
    expect(issuesOf({ email: 'anna@example.com', password: 'my name is anna, really' })).toEqual(holdsEmail)
    expect(newPasswordSchema('anna@example.com').safeParse('xANNAx-123').success).toBe(false)
  })

  test('reports every rule that it breaks, for each schema and for an invalid email', () => {
    const broken = ['Add an upper-case letter, or use at least 15 characters.', holdsEmail[0]![1]]
    const password = 'anna-1234'
    const signUp = issuesOf({ email: 'anna@example.com', password })
    expect(signUp).toEqual(broken.map((issue) => ['password', issue]))
    const change = newPasswordSchema('anna@example.com').safeParse(password).error?.issues ?? []
    expect(change.map(({ message }) => message)).toEqual(broken)
    expect(issuesOf({ email: 'anna', password }).map(([field]) => field)).toEqual(['email', 'password'])
    expect(issuesOf({ email: 'anna@example.com', password: 7 })).toEqual([['password', 'Enter a password.']])
  })

  test('may contain a local part of fewer than 4 characters', () => {
    expect(issuesOf({ email: 'ann@example.com', password: 'xANNx-1234' })).toEqual([])
    expect(newPasswordSchema('ann@example.com').safeParse('xANNx-1234').success).toBe(true)
  })
})

describe('sign-up', () => {
  test('reports every invalid field', () => {
    expect(issuesOf({ name: 5 })).toEqual([
      ['email', 'Enter an email address like name@example.com.'],
      ['password', 'Enter a password.'],
      ['name', 'must be text'],
    ])
  })

  test.each([
    [undefined, null],
    [null, null],
    ['  ', null],
    [' Ann ', 'Ann'],
    ['😀'.repeat(100), '😀'.repeat(100)],
  ])('name %j is stored as %j', (name, expected) => {
    expect(signUpSchema.parse({ ...valid, name }).name).toBe(expected)
  })

  test('refuses a name of 101 characters or with a NUL', () => {
    expect(issuesOf({ ...valid, name: 'a'.repeat(101) })).toEqual([
      ['name', 'must be at most 100 characters long'],
    ])
    expect(issuesOf({ ...valid, name: 'a\0' })).toEqual([['name', 'must not contain broken characters']])
  })

  test('drops unknown fields', () => {
    expect(signUpSchema.parse({ ...valid, role: 'admin', id: '1' })).toEqual({ ...valid, name: null })
  })
})

describe('log-in', () => {
  test('keeps the password as typed, which hashes of scheme 1 need', () => {
    expect(logInSchema.parse({ ...valid, password: 'e\u0301' }).password).toBe('e\u0301')
  })

  test('accepts a password that sign-up would refuse', () => {
    expect(logInSchema.parse({ ...valid, password: 'x' }).password).toBe('x')
    expect(logInSchema.parse({ ...valid, password: ' \0 ' }).password).toBe(' \0 ')
  })

  test.each([
    ['empty', ''],
    ['absent', undefined],
    ['an object', { $ne: '' }],
    ['too long', 'a'.repeat(1025)],
    ['broken', 'a\udfff'],
  ])('refuses a password that is %s', (_, password) => {
    expect(issuesOf({ ...valid, password }, logInSchema).map(([field]) => field)).toEqual(['password'])
  })
})
