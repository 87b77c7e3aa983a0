import { createTask, listTasks } from '../../../../floors/answers.ts'
import { authenticate, type Context, unauthorized } from '../../../authenticate.ts'

export async function GET(request: Request, context: Context): Promise<Response> {
  const user = await authenticate(request, context)
  return user ? Response.json(await listTasks(user.id)) : unauthorized()
}

export async function POST(request: Request, context: Context): Promise<Response> {
  const user = await authenticate(request, context)
  if (!user) return unauthorized()
  const { title } = await request.json()
  return Response.json(await createTask(user.id, title), { status: 201 })
}
