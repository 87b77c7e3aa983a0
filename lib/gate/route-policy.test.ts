import { describe, expect, test } from 'vitest'
import { policyFor } from './route-policy.ts'

describe('public', () => {
  test.each([
    '/',
    '/login',
    '/signup',
    '/forgot-password',
    '/reset-password',
    '/secure-account',
    '/undo-email-change',
    '/help',
    '/privacy',
  ])('page %s', (path) => {
    expect(policyFor(path)).toEqual({ surface: 'page', isPublic: true })
  })

  test.each([
    '/favicon.ico',
    '/icon.svg',
    '/apple-icon.png',
    '/robots.txt',
    '/.well-known/security.txt',
    '/.well-known/change-password',
  ])('file %s', (path) => {
    expect(policyFor(path)).toEqual({ surface: 'file', isPublic: true })
  })

  test.each([
    '/api/health',
    '/api/metrics',
    '/api/auth/signup',
    '/api/auth/login',
    '/api/auth/refresh',
    '/api/auth/password/forgot',
    '/api/auth/password/reset',
    '/api/auth/session',
    '/api/auth/callback/credentials',
    '/api/auth/callback/a/b',
    '/api/auth/signin/credentials',
  ])('entrance %s, which decides for itself', (path) => {
    expect(policyFor(path)).toEqual({ surface: 'api', isPublic: true })
  })
})

describe('closed', () => {
  test.each([
    '/tasks',
    '/settings/sessions',
    '/admin',
    '/admin/users/018f0000-0000-7000-8000-000000000000',
    '/admin/nothing',
    '/admin/',
  ])('page %s', (path) => {
    expect(policyFor(path)).toEqual({ surface: 'page', isPublic: false })
  })

  test.each(['/api', '/api/', '/api/auth/me', '/api/auth/logout', '/api/me/tasks', '/api/auth'])(
    'API %s',
    (path) => {
      expect(policyFor(path)).toEqual({ surface: 'api', isPublic: false })
    },
  )
})

describe('unknown', () => {
  test.each([
    '/whatever',
    '/unavailable',
    '/wp-login.php',
    '/administrator',
    '/tasks/1/2',
    '/TASKS',
    '//tasks',
    '/tasks.rsc',
    '/t%61sks',
    '/tasks/',
    '/[userId]',
    '/_not-found',
    '/404',
    '/_next/data/build/tasks.json',
    '/.well-known/nothing',
    '/.well-known/security.txt/',
    '/robots.txt.rsc',
  ])('%s', (path) => {
    expect(policyFor(path)).toEqual({ surface: 'unknown', isPublic: false })
  })
})

test.each([
  '//tasks',
  '/%2ftasks',
  '/%2Ftasks',
  '/./tasks',
  '/login/../tasks',
  '/login/..%2ftasks',
  '/login%2f..%2ftasks',
  '/tasks.rsc',
  '/tasks.segments/_tree.segment.rsc',
  '/index.rsc',
  '/login.rsc',
  '/Login',
  '/LOGIN',
  '/login/',
  '//login',
  '/login;x=1',
  '/login%00',
  '/login%20',
  '/login.json',
  '/_next/data/build/tasks.json',
  '\\tasks',
  '',
  '/signup/tasks',
  '/API/auth/login',
  '/api/auth/login/',
  '/api/metrics/',
  '/api/metrics/x',
  '/api/auth/login/../me',
  '/api//auth/login',
  '/api/auth//login',
  '/api/auth/Login',
  '/api/auth/login%2f..%2fme',
  '/api/auth/callback/../me',
  '/api/auth/callback/%2e%2e/me',
  '/api/auth/callback/..%2fme',
  '/api/auth/callback/..',
  '/api/auth/callback/',
  '/api/auth/callback//credentials',
  '/api/auth/callback/a\\..\\me',
  '/api/auth/signin/../../me/tasks',
  '/api/auth/callbackx',
  '/apix/auth/login',
])('the trick %j does not open anything', (path) => {
  expect(policyFor(path).isPublic).toBe(false)
})
