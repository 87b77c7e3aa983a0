import { completeTask } from '../../../../../../floors/answers.ts'
import { authenticate, type Context, unauthorized } from '../../../../../authenticate.ts'

export async function PATCH(request: Request, context: Context<{ taskId: string }>): Promise<Response> {
  const user = await authenticate(request, context)
  if (!user) return unauthorized()
  const { taskId } = await context.params
  return Response.json(await completeTask(user.id, taskId))
}
