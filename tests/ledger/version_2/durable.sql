BEGIN TRANSACTION;
CREATE TABLE capture (
            sha256 TEXT PRIMARY KEY,
            size INTEGER NOT NULL) STRICT;
INSERT INTO "capture" VALUES('9901d8aac5803f12dac52f03efbeb2a20e2b743dcd84e3d1a63f26d2a2fd3b05',42);
INSERT INTO "capture" VALUES('b7cc999c8d70a35cc37394ec0cc07261f9e45ca3e376c9b2bb3c5a8f4ed3ae2a',20);
INSERT INTO "capture" VALUES('32fdca11e2472395ea7cfa5c91fb7e59e65f6c374eaaf23fab5a63dc1d2dcfca',18);
CREATE TABLE custody (
            number INTEGER PRIMARY KEY,
            line_sha256 TEXT NOT NULL
        , ends INTEGER) STRICT;
INSERT INTO "custody" VALUES(1,'5c62fa8df186fbed53ef69e134bfc47de5da088442a92fa0d11f16f540ad3beb',327);
INSERT INTO "custody" VALUES(2,'ac1ca0ec19844350c240adcf02a0a6b4e00fcfb79a704af3cda4384d35e8161c',665);
INSERT INTO "custody" VALUES(3,'3b2b922be5bbaca3d7b4471e1806de7145477d34fc9667722d5c365fc5181ea2',998);
INSERT INTO "custody" VALUES(4,'c77e367f6078244d4c45b8574fc3c0108ccac1a0ab79d9f5568c767480065a27',1336);
INSERT INTO "custody" VALUES(5,'b566fcfb5f992db15a63a9c22b7957db9d405fe7f0c828f9df7e1861cf2c9f57',1380);
INSERT INTO "custody" VALUES(6,'4200fd7190ce3553366a3db80dff450baabc18db67fa900e3ce891cdf02cf288',1708);
INSERT INTO "custody" VALUES(7,'46602b46f8ff3e6c92c1ea49ab565472a0df34043eec527c248f613cc11c8396',1971);
CREATE TABLE id_line (number INTEGER PRIMARY KEY, line_sha256 TEXT NOT NULL, ends INTEGER) STRICT;
INSERT INTO "id_line" VALUES(1,'2fa120db7a483ac282665ac26101b726386660b0771922912f613672b37f4976',172);
INSERT INTO "id_line" VALUES(2,'4b723861c1d1bd74d2510ffa5529d2837abc789ff8a9f4a979d23565be16197d',331);
INSERT INTO "id_line" VALUES(3,'db86f42f957ec482f2fcbf419ecc2893374339626d7d7e1d0826aac5d8c2d83b',490);
CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), file TEXT NOT NULL) STRICT;
INSERT INTO "place" VALUES(1,'2689380');
CREATE TABLE register_id (
            id TEXT PRIMARY KEY,
            issued_at TEXT NOT NULL
        , line INTEGER) STRICT;
INSERT INTO "register_id" VALUES('t0000000001','2021-05-10T00:00:00Z',1);
INSERT INTO "register_id" VALUES('t0000000002','2021-05-11T00:00:00Z',2);
INSERT INTO "register_id" VALUES('t0000000003','2021-06-02T00:00:00Z',3);
CREATE TABLE register_id_member (
            id TEXT NOT NULL REFERENCES register_id,
            document TEXT NOT NULL,
            reported TEXT NOT NULL,
            PRIMARY KEY (id, document, reported)
        ) STRICT;
INSERT INTO "register_id_member" VALUES('t0000000001','d1','r1');
INSERT INTO "register_id_member" VALUES('t0000000001','d2','r2');
INSERT INTO "register_id_member" VALUES('t0000000002','d3','r3');
INSERT INTO "register_id_member" VALUES('t0000000003','d4','r4');
CREATE TABLE source (
            number INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL REFERENCES capture,
            source TEXT NOT NULL,
            captured_at TEXT NOT NULL,
            captured_by TEXT NOT NULL,
            method TEXT NOT NULL,
            given_date TEXT, media_type TEXT NOT NULL DEFAULT '', withdrawn_at TEXT, withdrawn_by TEXT, withdrawn_reason TEXT,
            UNIQUE (sha256, source)
        ) STRICT;
INSERT INTO "source" VALUES(1,'9901d8aac5803f12dac52f03efbeb2a20e2b743dcd84e3d1a63f26d2a2fd3b05','b.txt','2021-05-05T00:00:00Z','A. Analyst','file',NULL,'text/plain',NULL,NULL,NULL);
INSERT INTO "source" VALUES(2,'9901d8aac5803f12dac52f03efbeb2a20e2b743dcd84e3d1a63f26d2a2fd3b05','a.html','2021-05-06T00:00:00Z','A. Analyst','file','2021-05-04','text/html',NULL,NULL,NULL);
INSERT INTO "source" VALUES(3,'b7cc999c8d70a35cc37394ec0cc07261f9e45ca3e376c9b2bb3c5a8f4ed3ae2a','c.txt','2021-05-06T00:00:00Z','A. Analyst','file','2021-05-05','text/plain',NULL,NULL,NULL);
INSERT INTO "source" VALUES(4,'32fdca11e2472395ea7cfa5c91fb7e59e65f6c374eaaf23fab5a63dc1d2dcfca','d.txt','2021-05-09T00:00:00Z','A. Analyst','file',NULL,'text/plain','2021-06-01T00:00:00Z','me','a test');
CREATE INDEX source_name ON source (source);
CREATE INDEX register_id_without_line ON register_id (id) WHERE line IS NULL;
COMMIT;
PRAGMA user_version = 2;
