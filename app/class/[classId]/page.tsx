/**
 * The address of a class: lobby, room, and what comes after. It must never hand anything of the
 * class to the document: the page asks web itself, by the person's session.
 */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { classId as classIdSchema } from '../../_wire/primitives.ts'
import { ClassEntry } from '../_room/class-entry.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('class')
  return { title: t('title') }
}

export default async function ClassAddress(props: {
  params: Promise<{ classId: string }>
}): Promise<ReactNode> {
  const id = classIdSchema.safeParse((await props.params).classId)
  if (!id.success) notFound()
  return <ClassEntry classId={id.data} />
}
