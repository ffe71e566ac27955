'use client'

/** Says that a role changed in mid-class, and lets the page learn the new one from web. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { toast } from '../../_ui/toaster.tsx'
import type { Classroom } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'

/** Follows the visits of one page. */
export function useRoleChange(classroom: Classroom): void {
  const t = useTranslations('moderation')
  const cache = useQueryClient()
  const { roleChanges } = useStore(classroom.state)
  const { classId } = classroom
  useEffect(() => {
    if (roleChanges === 0) return
    toast(t('roleChanged'))
    void cache.invalidateQueries({ queryKey: ['class', classId] })
  }, [roleChanges, classId, cache, t])
}
