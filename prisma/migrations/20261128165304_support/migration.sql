-- CreateTable
CREATE TABLE "SupportRule" (
    "courseId" UUID NOT NULL,
    "count" INTEGER NOT NULL,
    "classesLookedAt" INTEGER NOT NULL,
    "classesBefore" INTEGER NOT NULL,

    CONSTRAINT "SupportRule_pkey" PRIMARY KEY ("courseId")
);

-- CreateTable
CREATE TABLE "NoticeSet" (
    "classId" UUID NOT NULL,
    "madeById" UUID NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NoticeSet_pkey" PRIMARY KEY ("classId")
);

-- CreateTable
CREATE TABLE "Notice" (
    "classId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "box" BYTEA NOT NULL,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("classId","accountId")
);

-- CreateTable
CREATE TABLE "SupportCase" (
    "id" UUID NOT NULL,
    "studentId" UUID NOT NULL,
    "courseId" UUID,
    "state" TEXT NOT NULL,
    "studentKey" BYTEA,
    "suggestedId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SupportCase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseHelper" (
    "caseId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "key" BYTEA,
    "share" BYTEA NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseHelper_pkey" PRIMARY KEY ("caseId","accountId")
);

-- CreateTable
CREATE TABLE "CaseEntry" (
    "id" BIGSERIAL NOT NULL,
    "caseId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "box" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseOpening" (
    "id" BIGSERIAL NOT NULL,
    "caseId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseOpening_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseNote" (
    "id" BIGSERIAL NOT NULL,
    "caseId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "box" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseNoteKey" (
    "noteId" BIGINT NOT NULL,
    "accountId" UUID NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "CaseNoteKey_pkey" PRIMARY KEY ("noteId","accountId")
);

-- CreateTable
CREATE TABLE "TrustedStaff" (
    "accountId" UUID NOT NULL,
    "addedById" UUID NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TrustedStaff_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "Directory" (
    "id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "entries" JSONB NOT NULL,
    "savedById" UUID NOT NULL,
    "savedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Directory_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NoticeSet_madeAt_idx" ON "NoticeSet"("madeAt");

-- CreateIndex
CREATE INDEX "Notice_accountId_idx" ON "Notice"("accountId");

-- CreateIndex
CREATE INDEX "SupportCase_studentId_idx" ON "SupportCase"("studentId");

-- CreateIndex
CREATE INDEX "SupportCase_state_changedAt_idx" ON "SupportCase"("state", "changedAt");

-- CreateIndex
CREATE INDEX "CaseHelper_accountId_idx" ON "CaseHelper"("accountId");

-- CreateIndex
CREATE INDEX "CaseEntry_caseId_id_idx" ON "CaseEntry"("caseId", "id");

-- CreateIndex
CREATE INDEX "CaseOpening_caseId_id_idx" ON "CaseOpening"("caseId", "id");

-- CreateIndex
CREATE INDEX "CaseNote_caseId_id_idx" ON "CaseNote"("caseId", "id");

-- AddForeignKey
ALTER TABLE "SupportRule" ADD CONSTRAINT "SupportRule_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeSet" ADD CONSTRAINT "NoticeSet_classId_fkey" FOREIGN KEY ("classId") REFERENCES "Class"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_classId_fkey" FOREIGN KEY ("classId") REFERENCES "NoticeSet"("classId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SupportCase" ADD CONSTRAINT "SupportCase_studentId_fkey" FOREIGN KEY ("studentId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseHelper" ADD CONSTRAINT "CaseHelper_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "SupportCase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseHelper" ADD CONSTRAINT "CaseHelper_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseEntry" ADD CONSTRAINT "CaseEntry_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "SupportCase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseOpening" ADD CONSTRAINT "CaseOpening_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "SupportCase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseNote" ADD CONSTRAINT "CaseNote_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "SupportCase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseNoteKey" ADD CONSTRAINT "CaseNoteKey_noteId_fkey" FOREIGN KEY ("noteId") REFERENCES "CaseNote"("id") ON DELETE CASCADE ON UPDATE CASCADE;
