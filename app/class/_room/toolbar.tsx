'use client'

/**
 * The controls of the call: microphone, camera, devices, people, leaving; for a student also the
 * own last reading and the switch of analysis. Later features add their buttons in the middle.
 */
import { Users } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ChatButton } from '../_chat/chat-button.tsx'
import { AnalysisSwitch } from '../_readings/analysis-switch.tsx'
import { MyReading } from '../_readings/my-reading.tsx'
import { ShareButton } from '../_share/share-button.tsx'
import type { Classroom, Visit } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { HandButton } from '../_talk/hand-button.tsx'
import { ReactionsButton } from '../_talk/reactions-button.tsx'
import { DeviceDialog } from './device-dialog.tsx'
import { CameraSwitch, MicrophoneSwitch } from './device-switches.tsx'
import { LeaveButton } from './leave-button.tsx'
import type { Panel } from './room.tsx'
import { ToolbarButton } from './toolbar-button.tsx'

export interface ToolbarProps {
  classroom: Classroom
  visit: Visit
  /** The panel that is open; null for none. */
  panel: Panel | null
  onPanel: (panel: Panel) => void
}

/** The bar below the people. */
export function Toolbar(props: ToolbarProps): ReactNode {
  const { classroom, visit, panel, onPanel } = props
  const t = useTranslations('class.room')
  const { role } = useStore(visit.call.state)
  const student = role === 'student'
  return (
    <footer className="grid shrink-0 grid-cols-2 items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5 lg:grid-cols-[1fr_auto_1fr]">
      <div className="order-1 flex min-w-0 items-center lg:order-none">
        {student ? <MyReading readings={visit.readings} /> : null}
      </div>
      <div
        role="toolbar"
        aria-label={t('toolbar')}
        className="order-3 col-span-2 mx-auto flex flex-wrap items-center justify-center gap-2 max-sm:max-w-72 sm:gap-3 lg:order-none lg:col-span-1"
      >
        <MicrophoneSwitch localMedia={classroom.localMedia} />
        <CameraSwitch localMedia={classroom.localMedia} />
        <DeviceDialog classroom={classroom} />
        <ShareButton screen={visit.call.screen} />
        <HandButton visit={visit} />
        <ReactionsButton talk={visit.talk} />
        <ChatButton
          talk={visit.talk}
          open={panel === 'chat'}
          onPress={() => {
            onPanel('chat')
          }}
        />
        <ToolbarButton
          label={t('people')}
          data-command="people"
          icon={<Users aria-hidden="true" />}
          open={panel === 'people'}
          aria-pressed={panel === 'people'}
          onClick={() => {
            onPanel('people')
          }}
        />
        <LeaveButton classroom={classroom} teacher={role === 'teacher'} />
      </div>
      <div className="order-2 flex min-w-0 items-center justify-end lg:order-none">
        {student ? <AnalysisSwitch readings={visit.readings} /> : null}
      </div>
    </footer>
  )
}
