import { test } from '@playwright/test'
import { testIsolation } from '../support/isolation.ts'
import { SHARED_SERVER } from '../support/run.ts'

// One worker for the whole file, because the tests share two accounts.
test.describe.configure({ mode: 'default' })

testIsolation(() => SHARED_SERVER)
