-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "boxPublicKey" BYTEA NOT NULL,
    "signPublicKey" BYTEA NOT NULL,
    "privateBox" BYTEA NOT NULL,
    "schoolAdmin" BOOLEAN NOT NULL DEFAULT false,
    "mayTeach" BOOLEAN NOT NULL DEFAULT false,
    "suspendedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WayIn" (
    "accountId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "passes" INTEGER NOT NULL,
    "memoryBytes" INTEGER NOT NULL,
    "salt" BYTEA NOT NULL,
    "box" BYTEA NOT NULL,
    "secretHash" TEXT NOT NULL,

    CONSTRAINT "WayIn_pkey" PRIMARY KEY ("accountId","kind")
);

-- CreateTable
CREATE TABLE "RetiredKeys" (
    "accountId" UUID NOT NULL,
    "boxPublicKey" BYTEA NOT NULL,
    "signPublicKey" BYTEA NOT NULL,
    "retiredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RetiredKeys_pkey" PRIMARY KEY ("accountId","signPublicKey")
);

-- CreateTable
CREATE TABLE "Session" (
    "tokenHash" BYTEA NOT NULL,
    "accountId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Attempts" (
    "key" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "windowStart" TIMESTAMPTZ(3) NOT NULL,
    "blockedUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Attempts_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "AccountBox" (
    "accountId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "box" BYTEA NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AccountBox_pkey" PRIMARY KEY ("accountId","name")
);

-- CreateTable
CREATE TABLE "Course" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "creatorId" UUID NOT NULL,
    "inviteToken" BYTEA NOT NULL,
    "readings" TEXT NOT NULL,
    "intervalSeconds" INTEGER NOT NULL,
    "minimumGroup" INTEGER NOT NULL,
    "support" BOOLEAN NOT NULL,
    "retentionDays" INTEGER NOT NULL,
    "guests" BOOLEAN NOT NULL,
    "historyPolicy" TEXT NOT NULL,
    "generationNeeded" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Enrolment" (
    "courseId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "enrolment" BYTEA,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Enrolment_pkey" PRIMARY KEY ("courseId","accountId")
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" UUID NOT NULL,
    "courseId" UUID NOT NULL,
    "subjectId" UUID NOT NULL,
    "granterId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "signed" BYTEA NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Generation" (
    "courseId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "consentText" TEXT NOT NULL,
    "historyPolicy" TEXT NOT NULL,
    "signed" BYTEA NOT NULL,
    "signerId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Generation_pkey" PRIMARY KEY ("courseId","number")
);

-- CreateTable
CREATE TABLE "GenerationBox" (
    "courseId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "accountId" UUID NOT NULL,
    "box" BYTEA NOT NULL,

    CONSTRAINT "GenerationBox_pkey" PRIMARY KEY ("courseId","number","accountId")
);

-- CreateTable
CREATE TABLE "Class" (
    "id" UUID NOT NULL,
    "courseId" UUID NOT NULL,
    "liveCourseId" UUID,
    "startedById" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3),

    CONSTRAINT "Class_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClassKey" (
    "classId" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "signed" BYTEA NOT NULL,
    "signerId" UUID NOT NULL,
    "privateBox" BYTEA NOT NULL,
    "readings" TEXT NOT NULL,
    "intervalSeconds" INTEGER NOT NULL,
    "minimumGroup" INTEGER NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ClassKey_pkey" PRIMARY KEY ("classId")
);

-- CreateTable
CREATE TABLE "Chunk" (
    "classId" UUID NOT NULL,
    "writer" BYTEA NOT NULL,
    "number" INTEGER NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "manifest" BYTEA NOT NULL,
    "closing" BOOLEAN NOT NULL,
    "digest" BYTEA NOT NULL,
    "storedBy" UUID NOT NULL,
    "storedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Chunk_pkey" PRIMARY KEY ("classId","writer","number")
);

-- CreateTable
CREATE TABLE "ChunkPart" (
    "classId" UUID NOT NULL,
    "writer" BYTEA NOT NULL,
    "number" INTEGER NOT NULL,
    "accountId" UUID NOT NULL,
    "part" BYTEA NOT NULL,

    CONSTRAINT "ChunkPart_pkey" PRIMARY KEY ("classId","writer","number","accountId")
);

-- CreateTable
CREATE TABLE "ContentKey" (
    "classId" UUID NOT NULL,
    "writer" BYTEA NOT NULL,
    "accountId" UUID NOT NULL,
    "forStudent" BYTEA NOT NULL,
    "forCourse" BYTEA NOT NULL,

    CONSTRAINT "ContentKey_pkey" PRIMARY KEY ("classId","writer","accountId")
);

-- CreateTable
CREATE TABLE "LateRecord" (
    "classId" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "accountId" UUID NOT NULL,
    "record" BYTEA NOT NULL,
    "storedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LateRecord_pkey" PRIMARY KEY ("classId","hash")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" BIGSERIAL NOT NULL,
    "courseId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "textId" TEXT NOT NULL,
    "textHash" BYTEA NOT NULL,
    "language" TEXT NOT NULL,
    "givenBy" TEXT NOT NULL,
    "signed" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tombstone" (
    "id" BIGSERIAL NOT NULL,
    "courseId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "tombstone" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Tombstone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PolicyChange" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "accountId" UUID NOT NULL,
    "expressionAnalysis" BOOLEAN NOT NULL,
    "country" TEXT,
    "lawfulConfirmed" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "openSignUp" BOOLEAN NOT NULL,
    "minimumGroupFloor" INTEGER NOT NULL,
    "guardianAge" INTEGER NOT NULL,

    CONSTRAINT "PolicyChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actorId" UUID,
    "subjectId" UUID,
    "courseId" UUID,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Account_email_key" ON "Account"("email");

-- CreateIndex
CREATE INDEX "Account_name_idx" ON "Account"("name");

-- CreateIndex
CREATE INDEX "Session_accountId_idx" ON "Session"("accountId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Attempts_windowStart_idx" ON "Attempts"("windowStart");

-- CreateIndex
CREATE UNIQUE INDEX "Course_inviteToken_key" ON "Course"("inviteToken");

-- CreateIndex
CREATE INDEX "Enrolment_accountId_idx" ON "Enrolment"("accountId");

-- CreateIndex
CREATE INDEX "Grant_courseId_grantedAt_idx" ON "Grant"("courseId", "grantedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Class_liveCourseId_key" ON "Class"("liveCourseId");

-- CreateIndex
CREATE INDEX "Class_courseId_startedAt_idx" ON "Class"("courseId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Chunk_position_key" ON "Chunk"("position");

-- CreateIndex
CREATE INDEX "Chunk_classId_position_idx" ON "Chunk"("classId", "position");

-- CreateIndex
CREATE INDEX "ChunkPart_accountId_classId_idx" ON "ChunkPart"("accountId", "classId");

-- CreateIndex
CREATE INDEX "ContentKey_accountId_classId_idx" ON "ContentKey"("accountId", "classId");

-- CreateIndex
CREATE INDEX "LateRecord_classId_accountId_idx" ON "LateRecord"("classId", "accountId");

-- CreateIndex
CREATE INDEX "LateRecord_storedAt_idx" ON "LateRecord"("storedAt");

-- CreateIndex
CREATE INDEX "Consent_courseId_accountId_id_idx" ON "Consent"("courseId", "accountId", "id");

-- CreateIndex
CREATE INDEX "Tombstone_courseId_accountId_idx" ON "Tombstone"("courseId", "accountId");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");

-- CreateIndex
CREATE INDEX "AuditEvent_subjectId_at_idx" ON "AuditEvent"("subjectId", "at");

-- AddForeignKey
ALTER TABLE "WayIn" ADD CONSTRAINT "WayIn_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetiredKeys" ADD CONSTRAINT "RetiredKeys_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountBox" ADD CONSTRAINT "AccountBox_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Course" ADD CONSTRAINT "Course_creatorId_fkey" FOREIGN KEY ("creatorId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrolment" ADD CONSTRAINT "Enrolment_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrolment" ADD CONSTRAINT "Enrolment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Generation" ADD CONSTRAINT "Generation_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GenerationBox" ADD CONSTRAINT "GenerationBox_courseId_number_fkey" FOREIGN KEY ("courseId", "number") REFERENCES "Generation"("courseId", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Class" ADD CONSTRAINT "Class_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClassKey" ADD CONSTRAINT "ClassKey_classId_fkey" FOREIGN KEY ("classId") REFERENCES "Class"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Chunk" ADD CONSTRAINT "Chunk_classId_fkey" FOREIGN KEY ("classId") REFERENCES "Class"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChunkPart" ADD CONSTRAINT "ChunkPart_classId_writer_number_fkey" FOREIGN KEY ("classId", "writer", "number") REFERENCES "Chunk"("classId", "writer", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChunkPart" ADD CONSTRAINT "ChunkPart_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContentKey" ADD CONSTRAINT "ContentKey_classId_fkey" FOREIGN KEY ("classId") REFERENCES "Class"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContentKey" ADD CONSTRAINT "ContentKey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LateRecord" ADD CONSTRAINT "LateRecord_classId_fkey" FOREIGN KEY ("classId") REFERENCES "Class"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LateRecord" ADD CONSTRAINT "LateRecord_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tombstone" ADD CONSTRAINT "Tombstone_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tombstone" ADD CONSTRAINT "Tombstone_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
