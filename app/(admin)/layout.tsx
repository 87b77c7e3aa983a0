import type { ReactNode } from 'react'
import SignedInLayout from '../(app)/layout.tsx'

export default function AdminLayout({ children }: { children: ReactNode }) {
  return <SignedInLayout>{children}</SignedInLayout>
}
