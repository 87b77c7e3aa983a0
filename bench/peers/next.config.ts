import { dirname } from 'node:path'
import type { NextConfig } from 'next'

const config: NextConfig = {
  // Next.js, React, jose and pg are the application's own.
  turbopack: { root: dirname(dirname(import.meta.dirname)) },
  serverExternalPackages: ['pg'],
  poweredByHeader: false,
  // The benchmark checks the types before the build.
  typescript: { ignoreBuildErrors: true, tsconfigPath: '../tsconfig.json' },
}

export default config
