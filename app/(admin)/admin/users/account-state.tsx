import { Badge } from '#components/ui/badge.tsx'

type AccountStateProps = { disabledAt: Date | null; passwordChangeRequiredAt: Date | null }

/** What is not usual about an account; nothing for one that its owner can use. */
export function AccountState({ disabledAt, passwordChangeRequiredAt }: AccountStateProps) {
  if (disabledAt) return <Badge tone="danger">Disabled</Badge>
  return passwordChangeRequiredAt && <Badge tone="warning">Must change password</Badge>
}
