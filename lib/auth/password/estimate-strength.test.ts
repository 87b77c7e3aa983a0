import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PASSWORD_MIN_GUESSES, PASSWORD_STRONG_GUESSES } from '#lib/auth/policy.ts'
import { processorMs } from '#lib/testing/processor-time.ts'
import { estimateStrength } from './estimate-strength.ts'
import type { PasswordOwner } from './owner-words.ts'
import type { Weakness } from './weakness.ts'

const ADA: PasswordOwner = { email: 'ada.lovelace84+post@analytical-engines.example', name: 'Zoë Byron-King' }

const weaknessOf = (password: string, owner = ADA) => estimateStrength(password, owner).weakness

const WEAK: Record<Weakness, string[]> = {
  listed: ['Password1', '1drowssaP', 'Qwerty123456', '1qaz2wsx3edc4rfv', '1qazxsw23edcvfr4', 'Iloveyou1'],
  product: [
    ...[
      'Taskward1',
      'Taskward2026',
      'taskward taskward',
      'TASKWARD-2026!',
      'T.a.s.k.w.a.r.d.1',
      'Ｔａｓｋｗａｒｄ１',
    ],
    ...[
      '1drawksaT',
      'dr4wk54T!1',
      '74skw@rd2026',
      '!!Taskward_1',
      'taskwardTASKWARDtaskward',
      'TaskwardSummer2026',
    ],
  ],
  calendar: [
    ...[
      'Summer2026',
      'Winter2025!',
      'October2026',
      'summer_2026_!!',
      '2026Spring',
      'Monday-2024',
      'Sept2026!',
      'remmuS2026',
    ],
    ...[
      '5umm3r2026',
      'Été2026!!',
      'März2026!',
      'Frühling2025',
      'Verano2026',
      'Samstag2026',
      'summersummersummer',
    ],
  ],
  owner: [
    ...[
      'Lovelace1',
      'Ecalevol84',
      'l0v3l4c3!2026',
      'LOVELACE lovelace',
      'L-o-v-e-l-a-c-e-1',
      'Ada-Lovelace',
      'Analytical1',
    ],
    ...[
      'engines engines',
      'Byron-2026!',
      'ZoeByron1!',
      'ZoëByronKing1',
      'noryB2026',
      'Zking-2026',
      'King-Zoe-1999!',
    ],
  ],
  repetition: [
    ...[
      'aaaaaaaaaaaaaaa',
      '111111111111111',
      'abababababababab',
      'aB1aB1aB1aB1',
      'aaaaaaaaaaaaaaaaaaaab',
      'Ａａａ１１１１１',
    ],
    ...[
      'aaabbbccc111222333',
      'Xy7-Xy7-Xy7-',
      '11112222333344445555',
      'Dragon-dragon',
      `${'a'.repeat(127)}b`,
      'ab'.repeat(64),
      '🙂'.repeat(20),
      '---------------',
    ],
  ],
  keyboard: [
    ...[
      'qwertzuiopasdfgh',
      '!QAZ2wsx#EDC4rfv',
      'zaq1ZAQ!xsw2XSW@',
      'azertyuiopqsdfghjklm',
      'Azertyuiop-2026',
    ],
    ...['qawsedrftgyhujik', 'йцукенгшщзхъфывапр', 'ЙЦУКЕН2026йцукен'],
  ],
  sequence: ['abcdefghijklmnop', 'zyxwvutsrqponmlk', 'a1b2c3d4e5f6g7h8', 'Abcdefg-123'],
  common_word: [
    'Elephant2026',
    'Jennifer1987!',
    'Password2026!',
    'P@ssw0rd2026',
    'Letmein-2026',
    'qwertyuiopasdfgh',
    'Constructor1',
  ],
  date: ['31.12.1999'],
  short_pattern: [],
}

describe('too easy to guess', () => {
  test.each(
    Object.entries(WEAK).flatMap(([weakness, passwords]) =>
      passwords.map((password) => [password, weakness]),
    ),
  )('%s: %s', (password, weakness) => {
    expect(weaknessOf(password)).toBe(weakness)
  })

  test.each(['taskward', 'lovelace', 'byronking'])('%s in every usual disguise', (word) => {
    const spellings = [word, [...word].reverse().join('')].flatMap((text) => [
      text,
      text.toUpperCase(),
      text.charAt(0).toUpperCase() + text.slice(1),
      text.replaceAll('a', '4').replaceAll('o', '0').replaceAll('e', '3'),
      text.replaceAll('a', '@').replaceAll('o', '0').replaceAll('s', '$'),
      [...text].join('-'),
    ])
    const passwords = spellings.flatMap((text) => [
      `${text}1`,
      `${text}2026`,
      `${text}!`,
      `${text} ${text}`,
      `!${text}-99`,
    ])
    expect(passwords.filter((password) => weaknessOf(password) === null)).toEqual([])
  })
})

describe('hard enough to guess', () => {
  test.each([
    ...[
      'SecurePass123',
      'Gravel7-Lantern',
      'Tr0ub4dor&3x9',
      'k9Xv2mQp7RtL',
      'aZ3$kf-9Qw!x',
      '9fQ7xLw2',
      ")#$&^@!*;'[]{}<",
    ],
    ...[
      'correct horse battery staple',
      'seven quiet herons at dusk',
      'constructor lantern gravel',
      'Sunny-day7',
    ],
    ...['vier blaue Möwen singen', 'quatre mouettes bleues chantent', 'cuatro gaviotas azules cantan'],
    ...[
      'синие чайки поют вчера',
      '青い鳥が静かに歌う夕暮れの海辺で',
      'نوارس زرقاء تغني مساء',
      'नीले पक्षी शाम को गाते हैं',
      '푸른 갈매기 네 마리가 노래한다',
    ],
    ...[
      '🐢🎈🌵🧲🚲🪁🫖🧦🌋🦔🛰🧃🥁🪴🧊',
      'Mississippi-Steamboat-9',
      'a Taskward of lanterns and herons',
      'summer gravel lantern heron',
    ],
  ])('%s', (password) => {
    expect(weaknessOf(password)).toBeNull()
  })

  test('words of other accounts are allowed', () => {
    expect(weaknessOf('Lovelace-heron-7')).toBeNull()
    expect(weaknessOf('Hopper-1999')).toBeNull()
    expect(weaknessOf('Hopper-1999', { email: 'hopper@example.com', name: null })).toBe('owner')
  })

  test.each([
    ['in front', (random: string) => random + 'a'.repeat(88)],
    ['behind', (random: string) => 'a'.repeat(88) + random],
    ['in the middle', (random: string) => 'a'.repeat(44) + random + 'a'.repeat(44)],
  ])('40 random characters %s of a weak text', (_, pad) => {
    expect(weaknessOf(pad('k9Xv2mQp7RtLw4Zc8NbJh3Gf6DsYa5Ue1TiPoVrB'))).toBeNull()
  })
})

test('the estimates that the limits are based on', () => {
  const log10 = (password: string) => Math.log10(estimateStrength(password, ADA).guesses)
  expect(log10('Taskward1')).toBeLessThan(4.1)
  expect(log10('Summer2026')).toBeLessThan(4.2)
  expect(log10('aaaaaaaaaaaaaaa')).toBeLessThan(2.3)
  expect(log10('SecurePass123')).toBeGreaterThan(7.5)
  expect(log10('Gravel7-Lantern')).toBeGreaterThan(10)
  expect([PASSWORD_MIN_GUESSES, PASSWORD_STRONG_GUESSES]).toEqual([1e6, 1e10])
})

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'constructor',
      '__proto__',
      'c0nstruct0r',
      '__pr0t0__',
      'rotcurtsnoc',
      'toString',
      'ﷺ',
      '\0',
      '\ud800',
    ),
    fc.constantFrom(...'1!|7$4@3()<>{}_-. aA'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
  ),
  maxLength: 128,
})

test('estimates every text, including names of object properties', () => {
  fc.assert(
    fc.property(nasty, nasty, (password, text) => {
      const { guesses } = estimateStrength(password, { email: `${text}@example.com`, name: text })
      expect(guesses).toBeGreaterThanOrEqual(1)
    }),
    { numRuns: 60 },
  )
  for (const word of ['Constructor1', '__proto__1A', '_-proto_-1A', 'Rotcurtsnoc1'])
    expect(weaknessOf(word)).not.toBeUndefined()
})

test.each([
  ['signs that could be several letters', '1!|7'.repeat(32)],
  ['letters that expand when they are folded', 'ﷺ'.repeat(127).concat('a')],
  ['repetitions within repetitions', `${'aab'.repeat(20)}${'ab'.repeat(34)}`],
  ['words of the lists', 'dragon12345monkeyletmeinshadow'.repeat(5).slice(0, 128)],
])('128 characters take no longer than a hash: %s', (_, password) => {
  const owner = { email: `${'ab.cd'.repeat(12)}@${'ef.gh.'.repeat(20)}example`, name: 'I. J. '.repeat(16) }
  // About 150 ms.
  expect(processorMs(() => estimateStrength(password, owner))).toBeLessThan(1000)
})
