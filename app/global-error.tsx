'use client'

import { GeistSans } from 'geist/font/sans'
import { FormColumn } from '#components/shell/form-column'
import { buttonLook } from '#components/ui/button-look'
import './globals.css'

/**
 * Stands in for the root layout when that one fails, so it brings a document of its own.
 * It is built ahead of any request and so has no nonce: everything in it works without scripts, "Try again" included.
 */
export default function GlobalError() {
  return (
    <html lang="en" className={GeistSans.variable}>
      <body>
        <title>Something went wrong – Taskward</title>
        <FormColumn heading="Something went wrong">
          <p className="text-quiet">
            This page could not be shown. The fault is ours. Everything you saved before is still there.
          </p>
          <a href="" className={`${buttonLook('primary')} mt-6`}>
            Try again
          </a>
        </FormColumn>
      </body>
    </html>
  )
}
