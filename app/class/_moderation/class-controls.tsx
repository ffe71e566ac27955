'use client'

/**
 * A teacher's hand over the whole class: mute all, lock, what students may do, who attended, how to
 * invite. Every teacher of the class has the same buttons, and all show what holds.
 */
import { ClipboardList, Lock, LockOpen, MicOff, SlidersHorizontal } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { Moderation } from '../../_call/index.ts'
import { Button } from '../../_ui/button.tsx'
import { Switch } from '../../_ui/switch.tsx'
import { CopyField } from '../../_ui/copy-field.tsx'
import { Dialog } from '../../_ui/dialog.tsx'
import { useStore } from '../_state/use-store.ts'
import { useCommand } from './run-command.ts'

// Few teachers open it, and it brings a library along.
const AttendanceTable = dynamic(
  async () => (await import('./attendance-table.tsx')).AttendanceTable,
  { ssr: false },
)

const PERMISSIONS = ['unmute', 'video', 'screen', 'chat'] as const

type Open = 'permissions' | 'attendance' | null

/** The buttons above the list of people. */
export function ClassControls(props: { moderation: Moderation; courseName: string }): ReactNode {
  const { moderation, courseName } = props
  const t = useTranslations('moderation.controls')
  const { rules } = useStore(moderation.state)
  const command = useCommand()
  const [open, setOpen] = useState<Open>(null)
  const close = (): void => {
    setOpen(null)
  }
  const { locked } = rules
  return (
    <div role="group" aria-label={t('label')} className="grid grid-cols-2 gap-2 px-5 pb-4">
      <Button size="sm" variant="secondary" onClick={() => command(() => moderation.muteAll())}>
        <MicOff aria-hidden="true" />
        {t('muteAll')}
      </Button>
      <Button
        size="sm"
        variant="secondary"
        onClick={() => command(() => moderation.setRules({ locked: !locked }))}
      >
        {locked ? <LockOpen aria-hidden="true" /> : <Lock aria-hidden="true" />}
        {locked ? t('unlock') : t('lock')}
      </Button>
      <Button
        size="sm"
        variant="secondary"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen('permissions')
        }}
      >
        <SlidersHorizontal aria-hidden="true" />
        {t('permissions')}
      </Button>
      <Button
        size="sm"
        variant="secondary"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen('attendance')
        }}
      >
        <ClipboardList aria-hidden="true" />
        {t('attendance')}
      </Button>
      <p role="status" className="col-span-2 text-sm text-ink-muted empty:hidden">
        {locked ? t('lockedNow') : ''}
      </p>
      <Dialog
        open={open === 'permissions'}
        onOpenChange={close}
        size="sm"
        title={t('permissionsTitle')}
        description={t('permissionsText')}
        closeLabel={t('close')}
      >
        <div className="grid gap-5">
          {PERMISSIONS.map((permission) => (
            <Switch
              key={permission}
              label={t(`may.${permission}`)}
              hint={t(`mayHint.${permission}`)}
              checked={rules.permissions[permission]}
              onCheckedChange={(allowed) =>
                command(() => moderation.setRules({ permissions: { [permission]: allowed } }))
              }
            />
          ))}
          <Switch
            label={t('rest')}
            hint={t('restHint')}
            checked={rules.restHiddenVideo}
            onCheckedChange={(restHiddenVideo) =>
              command(() => moderation.setRules({ restHiddenVideo }))
            }
          />
          <CopyField
            label={t('invite')}
            value={t('inviteText', { course: courseName, url: window.location.href })}
          />
        </div>
      </Dialog>
      <Dialog
        open={open === 'attendance'}
        onOpenChange={close}
        size="lg"
        title={t('attendance')}
        description={t('attendanceText')}
        closeLabel={t('close')}
      >
        {open === 'attendance' ? (
          <AttendanceTable load={() => moderation.listAttendance()} courseName={courseName} />
        ) : null}
      </Dialog>
    </div>
  )
}
