-- CreateTable
CREATE TABLE "Result" (
    "id" UUID NOT NULL,
    "senderId" UUID NOT NULL,
    "courseId" UUID,
    "box" BYTEA NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Result_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResultKey" (
    "resultId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "ResultKey_pkey" PRIMARY KEY ("resultId","accountId")
);

-- CreateIndex
CREATE INDEX "Result_senderId_sentAt_idx" ON "Result"("senderId", "sentAt");

-- CreateIndex
CREATE INDEX "Result_sentAt_idx" ON "Result"("sentAt");

-- CreateIndex
CREATE INDEX "ResultKey_accountId_idx" ON "ResultKey"("accountId");

-- AddForeignKey
ALTER TABLE "Result" ADD CONSTRAINT "Result_senderId_fkey" FOREIGN KEY ("senderId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Result" ADD CONSTRAINT "Result_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResultKey" ADD CONSTRAINT "ResultKey_resultId_fkey" FOREIGN KEY ("resultId") REFERENCES "Result"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResultKey" ADD CONSTRAINT "ResultKey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
