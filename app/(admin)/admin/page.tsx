import { redirect } from 'next/navigation'
import { requireAdmin } from '#lib/auth/actor'

export default async function AdminPage() {
  await requireAdmin('/admin')
  redirect('/admin/security')
}
