import type { UserView } from '#lib/operator/list-users.ts'

/** An account as the operators' API shows it. */
export function userBody(user: UserView) {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    created_at: user.createdAt,
    last_login_at: user.lastLoginAt,
    disabled_at: user.disabledAt,
    password_change_required_at: user.passwordChangeRequiredAt,
    session_count: user.sessionCount,
  }
}
