'use client'

/**
 * What web says of this session: the account with its rights, what sign-up needs, what the policy
 * allows. It must never be taken as a permission: web checks every request itself.
 */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { SessionAnswer } from '../../_wire/session.ts'
import { publicOrigin } from './public-origin.ts'
import { useVault } from './use-vault.ts'
import { callWire } from './visit-wire.ts'

/** A session without its share, which is the vault's business alone. */
export type SessionView = Omit<SessionAnswer, 'share'>

/** The session, asked for again whenever another account is signed in on this device. */
export function useSession(): UseQueryResult<SessionView> {
  const { account } = useVault()
  return useQuery({
    queryKey: ['session', account?.accountId ?? null],
    queryFn: async ({ signal }): Promise<SessionView> => {
      const answer = await callWire('session', {}, null, { signal })
      const { account: own, signUp, publicUrl, courseAdmin, policy: allowed } = answer
      return { account: own, signUp, publicUrl, courseAdmin, policy: allowed }
    },
  })
}

/**
 * The origin that links for other people begin with, without a slash at its end: not this page's, which
 * on the server itself may be a name that nobody else can reach. Null until the session is known.
 */
export function usePublicUrl(): string | null {
  const publicUrl = useSession().data?.publicUrl
  return publicUrl === undefined ? null : publicOrigin(publicUrl, window.location.origin)
}
