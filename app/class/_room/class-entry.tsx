'use client'

/**
 * The door between server and browser: everything of a class runs in the browser alone, since it
 * begins with devices, keys and connections. It must never draw anything of the class itself.
 */
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { LoadingState } from '../../_ui/spinner.tsx'

const ClassPage = dynamic(async () => (await import('./class-page.tsx')).ClassPage, {
  ssr: false,
  loading: Loading,
})

/** The page of a class. */
export function ClassEntry({ classId }: { classId: string }): ReactNode {
  return <ClassPage classId={classId} />
}

function Loading(): ReactNode {
  const t = useTranslations('class')
  return <LoadingState text={t('loading')} />
}
