-- AlterTable
ALTER TABLE "Consent" ADD COLUMN     "giverName" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "device" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "KeyChange" (
    "accountId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "signed" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KeyChange_pkey" PRIMARY KEY ("accountId","number")
);

-- CreateTable
CREATE TABLE "ResetCode" (
    "accountId" UUID NOT NULL,
    "codeHash" BYTEA NOT NULL,
    "issuedById" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ResetCode_pkey" PRIMARY KEY ("accountId")
);

-- AddForeignKey
ALTER TABLE "KeyChange" ADD CONSTRAINT "KeyChange_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResetCode" ADD CONSTRAINT "ResetCode_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
