BEGIN TRANSACTION;
CREATE TABLE capture (
            sha256 TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            media_type TEXT NOT NULL
        ) STRICT;
INSERT INTO "capture" VALUES('9901d8aac5803f12dac52f03efbeb2a20e2b743dcd84e3d1a63f26d2a2fd3b05',42,'text/plain');
INSERT INTO "capture" VALUES('b7cc999c8d70a35cc37394ec0cc07261f9e45ca3e376c9b2bb3c5a8f4ed3ae2a',20,'text/plain');
INSERT INTO "capture" VALUES('32fdca11e2472395ea7cfa5c91fb7e59e65f6c374eaaf23fab5a63dc1d2dcfca',18,'text/plain');
CREATE TABLE custody (
            number INTEGER PRIMARY KEY,
            line_sha256 TEXT NOT NULL
        ) STRICT;
INSERT INTO "custody" VALUES(1,'5c62fa8df186fbed53ef69e134bfc47de5da088442a92fa0d11f16f540ad3beb');
INSERT INTO "custody" VALUES(2,'ac1ca0ec19844350c240adcf02a0a6b4e00fcfb79a704af3cda4384d35e8161c');
INSERT INTO "custody" VALUES(3,'3b2b922be5bbaca3d7b4471e1806de7145477d34fc9667722d5c365fc5181ea2');
INSERT INTO "custody" VALUES(4,'c77e367f6078244d4c45b8574fc3c0108ccac1a0ab79d9f5568c767480065a27');
INSERT INTO "custody" VALUES(5,'4200fd7190ce3553366a3db80dff450baabc18db67fa900e3ce891cdf02cf288');
CREATE TABLE register_id (
            id TEXT PRIMARY KEY,
            issued_at TEXT NOT NULL
        ) STRICT;
INSERT INTO "register_id" VALUES('t0000000001','2021-05-10T00:00:00Z');
INSERT INTO "register_id" VALUES('t0000000002','2021-05-11T00:00:00Z');
CREATE TABLE register_id_member (
            id TEXT NOT NULL REFERENCES register_id,
            document TEXT NOT NULL,
            reported TEXT NOT NULL,
            PRIMARY KEY (id, document, reported)
        ) STRICT;
INSERT INTO "register_id_member" VALUES('t0000000001','d1','r1');
INSERT INTO "register_id_member" VALUES('t0000000001','d2','r2');
INSERT INTO "register_id_member" VALUES('t0000000002','d3','r3');
CREATE TABLE source (
            number INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL REFERENCES capture,
            source TEXT NOT NULL,
            captured_at TEXT NOT NULL,
            captured_by TEXT NOT NULL,
            method TEXT NOT NULL,
            given_date TEXT,
            UNIQUE (sha256, source)
        ) STRICT;
INSERT INTO "source" VALUES(1,'9901d8aac5803f12dac52f03efbeb2a20e2b743dcd84e3d1a63f26d2a2fd3b05','b.txt','2021-05-05T00:00:00Z','A. Analyst','file',NULL);
INSERT INTO "source" VALUES(2,'9901d8aac5803f12dac52f03efbeb2a20e2b743dcd84e3d1a63f26d2a2fd3b05','a.html','2021-05-06T00:00:00Z','A. Analyst','file','2021-05-04');
INSERT INTO "source" VALUES(3,'b7cc999c8d70a35cc37394ec0cc07261f9e45ca3e376c9b2bb3c5a8f4ed3ae2a','c.txt','2021-05-06T00:00:00Z','A. Analyst','file','2021-05-05');
INSERT INTO "source" VALUES(4,'32fdca11e2472395ea7cfa5c91fb7e59e65f6c374eaaf23fab5a63dc1d2dcfca','d.txt','2021-05-09T00:00:00Z','A. Analyst','file',NULL);
COMMIT;
PRAGMA user_version = 1;
