/** Who is signed in, for server components. It must never be imported by a browser room. */
import { cache } from 'react'
import { cookies } from 'next/headers'
import type { OwnAccount } from '../_wire/accounts.ts'
import { serverContext } from './core/context.ts'
import { findCaller, sessionCookieName } from './core/sessions.ts'

/** The account of this request's session, or null; asked once a request. */
export const currentAccount = cache(async (): Promise<OwnAccount | null> => {
  const context = await serverContext()
  const token = (await cookies()).get(sessionCookieName(context.publicUrl))?.value
  return (await findCaller(context, token))?.account ?? null
})
