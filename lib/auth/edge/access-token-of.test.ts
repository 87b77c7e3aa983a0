import { describe, expect, test } from 'vitest'
import { accessTokenOf } from './access-token-of'

function tokenIn(headers: Record<string, string>) {
  return accessTokenOf(new Headers(headers), 'taskward.access')
}

test('nothing presented is nothing', () => {
  expect(tokenIn({})).toEqual({ token: null, source: 'none' })
  expect(tokenIn({ cookie: 'theme=dark' })).toEqual({ token: null, source: 'none' })
})

describe('the Authorization header', () => {
  test.each(['Bearer abc.def.ghi', 'bearer abc.def.ghi', 'BEARER   abc.def.ghi'])('%j', (authorization) => {
    expect(tokenIn({ authorization })).toEqual({ token: 'abc.def.ghi', source: 'header' })
  })

  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'abc.def.ghi',
    'Bearer a b',
    'Bearer a, Bearer b',
    'Bearer ä',
  ])('%j holds no token, and the cookie is ignored all the same', (authorization) => {
    expect(tokenIn({ authorization, cookie: 'taskward.access=good' })).toEqual({
      token: null,
      source: 'header',
    })
  })

  test('goes before a cookie', () => {
    expect(tokenIn({ authorization: 'Bearer mine', cookie: 'taskward.access=other' }).token).toBe('mine')
  })
})

describe('the cookie', () => {
  test('is found among others', () => {
    expect(tokenIn({ cookie: 'a=1; taskward.access=abc.def.ghi; b=2' })).toEqual({
      token: 'abc.def.ghi',
      source: 'cookie',
    })
  })

  test.each(['xtaskward.access=a', 'taskward.accessx=a', 'taskward_access=a', 'a=taskward.access=a'])(
    'is not mistaken for %j',
    (cookie) => {
      expect(tokenIn({ cookie }).source).toBe('none')
    },
  )

  test('an empty one is a presented token that will be refused', () => {
    expect(tokenIn({ cookie: 'taskward.access=' })).toEqual({ token: '', source: 'cookie' })
  })
})
