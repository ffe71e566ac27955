'use client'

/**
 * The live room: people in the middle, controls below, one panel beside them, and what floats over
 * it. It only lays things out; each part follows the stores that it needs.
 */
import dynamic from 'next/dynamic'
import { useState, type ReactNode } from 'react'
import type { ClassAnswer } from '../../_wire/visit.ts'
import { RoomModeration } from '../_moderation/room-moderation.tsx'
import { CheckIns } from '../_readings/check-ins.tsx'
import { ConsentDialog } from '../_readings/consent-dialog.tsx'
import { ReadingsNotice } from '../_readings/readings-notice.tsx'
import { ShareStatus } from '../_share/share-status.tsx'
import { Stage } from '../_stage/stage.tsx'
import type { Classroom, Visit } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { Announcer } from '../_talk/announcer.tsx'
import { RaisedHands } from '../_talk/raised-hands.tsx'
import { CallNotices } from './call-notices.tsx'
import { RoomHeader } from './room-header.tsx'
import { Toolbar } from './toolbar.tsx'
import { Voices } from './voices.tsx'

// What is not needed to be seen and heard comes after the room.
const RoomKeys = dynamic(async () => (await import('../_keys/room-keys.tsx')).RoomKeys, {
  ssr: false,
})
const SpeakerWindow = dynamic(
  async () => (await import('../_devices/speaker-window.tsx')).SpeakerWindow,
  { ssr: false },
)
const Statistics = dynamic(async () => (await import('../_quality/statistics.tsx')).Statistics, {
  ssr: false,
})
const Tour = dynamic(async () => (await import('../_tour/tour.tsx')).Tour, { ssr: false })

// Panels come when they are first opened.
const ChatPanel = dynamic(async () => (await import('../_chat/chat-panel.tsx')).ChatPanel, {
  ssr: false,
})
const PeoplePanel = dynamic(async () => (await import('./people-panel.tsx')).PeoplePanel, {
  ssr: false,
})

// Teachers alone see the chart, and so only they load it.
const ClassMood = dynamic(async () => (await import('../_mood/class-mood.tsx')).ClassMood, {
  ssr: false,
})

/** What stands beside the people; later features add theirs. */
export type Panel = 'people' | 'chat'

/** The room of one visit. */
export function Room(props: { classroom: Classroom; info: ClassAnswer; visit: Visit }): ReactNode {
  const { classroom, info, visit } = props
  const { call, readings, moderation } = visit
  const [panel, setPanel] = useState<Panel | null>(null)
  const { people, role } = useStore(call.state)
  const closePanel = (): void => {
    setPanel(null)
  }
  return (
    <div className="fixed inset-0 flex flex-col overflow-hidden bg-surface">
      <RoomHeader info={info} call={call} readings={readings}>
        <Statistics quality={visit.quality} />
        <SpeakerWindow call={call} />
        <RoomKeys localMedia={classroom.localMedia} />
      </RoomHeader>
      <CallNotices call={call} localMedia={classroom.localMedia} />
      <RoomModeration
        moderation={moderation}
        localMedia={classroom.localMedia}
        rest={visit.rest}
        onShowPeople={() => {
          setPanel('people')
        }}
      />
      <ReadingsNotice readings={readings} />
      <ShareStatus screen={call.screen} />
      <Tour role={role} readings={readings} />
      <main className="relative flex min-h-0 flex-1 gap-3 px-3 sm:px-4">
        <Stage visit={visit} />
        {panel === 'people' ? (
          <PeoplePanel
            call={call}
            moderation={moderation}
            courseName={info.courseName}
            top={<RaisedHands visit={visit} />}
            onClose={closePanel}
          />
        ) : null}
        {panel === 'chat' ? <ChatPanel visit={visit} onClose={closePanel} /> : null}
        {role === 'teacher' ? <ClassMood readings={readings} screen={call.screen} /> : null}
      </main>
      {role === 'student' ? <CheckIns readings={readings} /> : null}
      <Toolbar
        classroom={classroom}
        visit={visit}
        panel={panel}
        onPanel={(wanted) => {
          setPanel(wanted === panel ? null : wanted)
        }}
      />
      <Voices people={people} speaker={classroom.speaker} />
      <Announcer talk={visit.talk} />
      {role === 'student' ? <ConsentDialog readings={readings} /> : null}
    </div>
  )
}
