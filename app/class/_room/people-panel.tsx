'use client'

/**
 * Everyone in the class as a list, teachers first: beside the tiles on a wide screen, over them on a
 * narrow one. It shows nothing of anybody's readings.
 */
import { Mic, MicOff, Moon, Video, VideoOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Call, Moderation, Person } from '../../_call/index.ts'
import { Avatar } from '../../_ui/avatar.tsx'
import { cx } from '../../_ui/cx.ts'
import { ClassControls } from '../_moderation/class-controls.tsx'
import { DoorLists } from '../_moderation/door-list.tsx'
import { PersonMenu } from '../_moderation/person-menu.tsx'
import { useStore } from '../_state/use-store.ts'
import { SidePanel } from './side-panel.tsx'

/** The panel *People*. */
export function PeoplePanel(props: {
  call: Call
  moderation: Moderation
  courseName: string
  /** What stands above the list. */
  top?: ReactNode
  onClose: () => void
}): ReactNode {
  const { call, moderation, courseName, top, onClose } = props
  const t = useTranslations('class.people')
  const { people, activeSpeakerId, role } = useStore(call.state)
  const teaches = role === 'teacher'
  const listed = [...people].sort(
    (one, other) =>
      Number(other.role === 'teacher') - Number(one.role === 'teacher') ||
      one.name.localeCompare(other.name),
  )
  return (
    <SidePanel
      title={t('title')}
      closeLabel={t('close')}
      note={<span className="text-sm text-ink-muted">{t('count', { count: people.length })}</span>}
      onClose={onClose}
    >
      <div
        // Scrolled by keyboard too, and all at once: raised hands and people at the door can be many.
        tabIndex={0}
        role="group"
        aria-label={t('list')}
        className="relative -mt-1 min-h-0 flex-1 overflow-y-auto pt-1 [scrollbar-gutter:stable] focus-visible:-outline-offset-2 sm:rounded-b-panel"
      >
        {teaches ? (
          <>
            <ClassControls moderation={moderation} courseName={courseName} />
            <DoorLists moderation={moderation} />
          </>
        ) : null}
        {top}
        <ul className="grid grid-cols-1 gap-0.5 px-3 pb-4">
          {listed.map((person) => (
            <Row
              key={person.memberId}
              person={person}
              speaking={person.memberId === activeSpeakerId}
              menu={
                teaches ? (
                  <span className="size-9 shrink-0">
                    {person.isSelf ? null : <PersonMenu moderation={moderation} person={person} />}
                  </span>
                ) : null
              }
            />
          ))}
        </ul>
      </div>
    </SidePanel>
  )
}

function Row(props: { person: Person; speaking: boolean; menu: ReactNode }): ReactNode {
  const { person, speaking, menu } = props
  const t = useTranslations('class.people')
  const room = useTranslations('class.room')
  const { camera, microphone } = person.feeds
  const heard = microphone !== undefined && !microphone.paused
  const seen = camera !== undefined && !camera.paused
  const icon = 'size-4.5 text-ink-muted'
  return (
    <li className="flex min-h-13 items-center gap-3 rounded-control px-2 py-1.5">
      {/* A ring as on the tile: words would come and go, and move the name. */}
      <span className={cx('rounded-full', speaking && 'ring-3 ring-accent')}>
        <Avatar name={person.name} size="sm" />
      </span>
      <span className="grid min-w-0 flex-1">
        <bdi className="truncate text-[0.9375rem]">
          {person.isSelf ? room('you', { name: person.name }) : person.name}
        </bdi>
        {person.role === 'student' ? null : (
          <span className="text-xs text-ink-muted">{t(person.role)}</span>
        )}
        {speaking ? <span className="sr-only">{t('speaking')}</span> : null}
      </span>
      {heard ? (
        <Mic role="img" aria-label={t('microphoneOn')} className={icon} />
      ) : (
        <MicOff role="img" aria-label={t('microphoneOff')} className={icon} />
      )}
      {seen ? (
        <Video role="img" aria-label={t('cameraOn')} className={icon} />
      ) : camera?.resting === true ? (
        <Moon role="img" aria-label={t('cameraRests')} className={icon} />
      ) : (
        <VideoOff role="img" aria-label={t('cameraOff')} className={icon} />
      )}
      {menu}
    </li>
  )
}
