import { redirect } from 'next/navigation'
import { requireAdmin } from '#lib/auth/actor.ts'

export default async function AdminPage() {
  await requireAdmin('/admin')
  redirect('/admin/security')
}
