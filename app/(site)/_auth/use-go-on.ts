'use client'

/**
 * Goes to the address that asked for a sign-in. An address with a fragment is loaded anew: the
 * fragment of an invitation is what its course is checked against, and must arrive as it is.
 */
import { useRouter } from 'next/navigation'

/** Leads to `next`, a path of this origin, without leaving the sign-in in the history. */
export function useGoOn(next: string): () => void {
  const router = useRouter()
  return () => {
    if (next.includes('#')) window.location.replace(next)
    else router.replace(next)
  }
}
