"""The tables of the derived store.

``content`` has what was made of each capture: once as shown (``shown`` points at it) and, between
reading and linking, once more as newly read.  The tables after it are what linking and register keep, and
are brought up to date in the transaction that swaps the newly read in; the last of them (``list_tables``)
hold the same in the order in which it is listed, so that a page of a list costs what stands on it.  The
views are for asking with SQL: one row a finding, and in ``field`` one row for each piece of text under each
field of a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.ledger.database import Migration

_OLD_TABLES = (
    *("register_member", "field", "copy", "register", "register_row", "event", "response", "claim"),
    *("mention", "reported_transfer", "statement", "reading", "failure", "document"),
)
"""Of the first layout; what they held is made again by the next build."""

_TABLES = (
    # document: id, and null where the capture gave none; then reason and todo say why
    """CREATE TABLE content (
        number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, recipe TEXT NOT NULL, source TEXT NOT NULL,
        document TEXT, reason TEXT, todo TEXT,
        payload TEXT, text TEXT, reading TEXT, features BLOB
    ) STRICT""",
    "CREATE INDEX content_sha256 ON content (sha256, recipe)",
    """CREATE TABLE shown (
        sha256 TEXT PRIMARY KEY, content INTEGER NOT NULL UNIQUE REFERENCES content, document TEXT UNIQUE
    ) STRICT""",
    # linking
    """CREATE TABLE transfer (
        id TEXT PRIMARY KEY, document TEXT NOT NULL, in_group TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX transfer_document ON transfer (document)",
    """CREATE TABLE bucket (
        kind TEXT NOT NULL, "key" INTEGER NOT NULL, day INTEGER NOT NULL, id TEXT NOT NULL,
        PRIMARY KEY (kind, "key", day, id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE note (
        kind TEXT NOT NULL, "key" INTEGER NOT NULL, document TEXT NOT NULL,
        PRIMARY KEY (kind, "key", document)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE copy (
        a TEXT NOT NULL, b TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (a, b)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX copy_b ON copy (b)",
    """CREATE TABLE dated (
        document TEXT PRIMARY KEY, published TEXT NOT NULL, ground TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE weight (
        a TEXT NOT NULL, b TEXT NOT NULL, score REAL NOT NULL, conflict INTEGER NOT NULL,
        copied INTEGER NOT NULL, PRIMARY KEY (a, b)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX weight_b ON weight (b)",
    """CREATE TABLE transfer_group (
        id TEXT PRIMARY KEY, payload TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # register
    """CREATE TABLE register_row (
        id TEXT PRIMARY KEY, supplier TEXT, recipient TEXT, category TEXT NOT NULL, stage TEXT NOT NULL,
        "when" TEXT, last_report TEXT, payload TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE told_response (
        alike TEXT NOT NULL, document TEXT NOT NULL, number INTEGER NOT NULL, payload TEXT NOT NULL,
        PRIMARY KEY (alike, document, number)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX told_response_document ON told_response (document)",
    """CREATE TABLE register_response (
        alike TEXT NOT NULL, number INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (alike, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE timeline (
        owner TEXT NOT NULL, number INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (owner, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE built (
        one INTEGER PRIMARY KEY CHECK (one = 1), as_of TEXT NOT NULL, producer TEXT NOT NULL
    ) STRICT""",
)

_JUDGED_TABLES = (
    # of documents on whose reading something was decided: the decisions, and what they make of it
    """CREATE TABLE ruled (
        sha256 TEXT PRIMARY KEY, edits TEXT NOT NULL, reading TEXT NOT NULL, features BLOB NOT NULL
    ) STRICT""",
    "CREATE TABLE ruling (kind TEXT PRIMARY KEY, payload TEXT NOT NULL) STRICT",
    "CREATE TABLE judged (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, payload TEXT NOT NULL) STRICT",
)

SEP = "\x1f"
"""Between the parts of a place: sorts before all that can be read."""

_LIST_TABLES = (
    # public: the day by which it was public
    # place, in all of these: where it stands in its list, so that sorting it as text gives the order
    """CREATE TABLE document_line (
        id TEXT PRIMARY KEY, place TEXT NOT NULL, published TEXT, public TEXT, title TEXT NOT NULL,
        outlet TEXT, readable INTEGER NOT NULL, flagged INTEGER NOT NULL, by_rules INTEGER NOT NULL,
        transfers INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE UNIQUE INDEX document_line_place ON document_line (place)",
    # payload: the row as a list shows it; open_kinds: of open questions, each between bars
    """CREATE TABLE row_line (
        id TEXT PRIMARY KEY, place TEXT NOT NULL, supplier TEXT, recipient TEXT,
        supplier_name TEXT NOT NULL, recipient_name TEXT NOT NULL, category TEXT NOT NULL,
        stage TEXT NOT NULL, reach INTEGER NOT NULL, dated TEXT NOT NULL, first_report TEXT, last_report TEXT,
        reports INTEGER NOT NULL, claims INTEGER NOT NULL, denials INTEGER NOT NULL, open INTEGER NOT NULL,
        open_kinds TEXT NOT NULL, payload TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE UNIQUE INDEX row_line_place ON row_line (place)",
    "CREATE INDEX row_line_supplier ON row_line (supplier, recipient)",
    "CREATE INDEX row_line_recipient ON row_line (recipient)",
    # what an actor has to do with a row; of a position: the stances in it, each between bars,
    # its claims, the letters that these got, and their days
    """CREATE TABLE row_party (
        code TEXT NOT NULL, role TEXT NOT NULL, "row" TEXT NOT NULL, number INTEGER NOT NULL, label TEXT,
        stances TEXT NOT NULL, claims INTEGER NOT NULL, letters TEXT NOT NULL, first TEXT, last TEXT,
        payload TEXT, PRIMARY KEY (code, role, "row", number)
    ) STRICT, WITHOUT ROWID""",
    'CREATE INDEX row_party_row ON row_party ("row")',
    # payload: the response with its history; answers: the rows that it answers, and why
    """CREATE TABLE response_line (
        line TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, place TEXT NOT NULL, "by" TEXT,
        against TEXT, last_public TEXT NOT NULL, payload TEXT NOT NULL, answers TEXT NOT NULL,
        PRIMARY KEY (line, number)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX response_line_place ON response_line (place)",
    "CREATE INDEX response_line_against ON response_line (against)",
    'CREATE INDEX response_line_by ON response_line ("by")',
    """CREATE TABLE response_answer (
        "row" TEXT NOT NULL, line TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY ("row", line, number)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX response_answer_line ON response_answer (line, number)",
    """CREATE TABLE relation_line (
        a TEXT NOT NULL, kind TEXT NOT NULL, b TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (a, kind, b)
    ) STRICT, WITHOUT ROWID""",
    # of each text and each statement that can be searched; number: of its words in the index
    """CREATE TABLE searched (
        number INTEGER PRIMARY KEY, document TEXT NOT NULL, statement TEXT, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, who TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX searched_document ON searched (document)",
    # what comparing gave, and of which state of the case
    "CREATE TABLE compared (one INTEGER PRIMARY KEY CHECK (one = 1), state TEXT NOT NULL) STRICT",
    """CREATE TABLE utterance_line (
        id TEXT PRIMARY KEY, place INTEGER NOT NULL UNIQUE, reports INTEGER NOT NULL, graves INTEGER NOT NULL,
        actor TEXT, name TEXT, payload TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX utterance_line_actor ON utterance_line (actor)",
    "CREATE INDEX utterance_line_name ON utterance_line (name)",
    """CREATE TABLE utterance_telling (
        document TEXT NOT NULL, statement TEXT NOT NULL, utterance TEXT NOT NULL,
        PRIMARY KEY (document, statement, utterance)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE discrepancy_line (
        id TEXT PRIMARY KEY, place TEXT NOT NULL, "where" TEXT NOT NULL, kind TEXT NOT NULL,
        payload TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX discrepancy_line_place ON discrepancy_line (place)",
    """CREATE TABLE discrepancy_row (
        "row" TEXT NOT NULL, discrepancy TEXT NOT NULL, PRIMARY KEY ("row", discrepancy)
    ) STRICT, WITHOUT ROWID""",
)

_REGISTER_TABLES_AGAIN = (
    *(f"DROP TABLE {name}" for name in ("register_response", "timeline", "built")),
    # line: kind and actor of a response, whose steps make histories
    """CREATE TABLE register_response (
        alike TEXT NOT NULL, number INTEGER NOT NULL, line TEXT NOT NULL, payload TEXT NOT NULL,
        PRIMARY KEY (alike, number)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX register_response_line ON register_response (line)",
    """CREATE TABLE timeline (
        owner TEXT NOT NULL, number INTEGER NOT NULL, place TEXT NOT NULL, payload TEXT NOT NULL,
        PRIMARY KEY (owner, number)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX timeline_place ON timeline (place)",
    # state: another one whenever documents, links or rows are other ones
    """CREATE TABLE built (
        one INTEGER PRIMARY KEY CHECK (one = 1), as_of TEXT NOT NULL, producer TEXT NOT NULL,
        state TEXT NOT NULL
    ) STRICT""",
)

_SHOWN = """(
        SELECT content.sha256, content.document, source, payload, text, reason, todo,
            coalesce(ruled.reading, content.reading) AS reading
        FROM shown JOIN content ON content.number = shown.content AND content.document IS NOT NULL
        LEFT JOIN ruled ON ruled.sha256 = shown.sha256
    ) AS c"""
"""What is shown of each document, its reading as analysts want it."""


def _findings(view: str, key: str, columns: str) -> str:
    """A view with one row for each finding of one kind."""
    shown = ", ".join(f"""one.value ->> '$.{name}' AS "{name.split(".")[-1]}\"""" for name in columns.split())
    return f"""CREATE VIEW {view} AS SELECT c.document AS document, {shown}
            FROM {_SHOWN}, json_each(c.reading, '$.{key}') AS one"""


def _anchored(kind: str, key: str) -> str:
    """The fields of the findings of one kind with the words under them."""
    return f"""SELECT '{kind}' AS kind, one.value ->> '$.id' AS owner, part.key AS field,
            one.value ->> ('$.' || part.key) AS value, c.document AS document,
            span.value ->> '$[0]' AS start, span.value ->> '$[1]' AS "end",
            substr(c.text, 1 + (span.value ->> '$[0]'),
                   (span.value ->> '$[1]') - (span.value ->> '$[0]')) AS exact,
            c.reading ->> '$.reader' AS producer
        FROM {_SHOWN}, json_each(c.reading, '$.{key}') AS one, json_each(one.value, '$.anchors') AS part,
            json_each(part.value) AS span"""


_VIEWS = (
    f"""CREATE VIEW document AS SELECT c.document AS id, c.sha256 AS sha256, c.source AS source,
            c.payload ->> '$.title' AS title, c.payload ->> '$.outlet' AS outlet,
            coalesce(dated.published, c.payload ->> '$.published') AS published,
            coalesce(dated.ground, c.payload ->> '$.published_ground') AS published_ground,
            c.payload ->> '$.language' AS language, c.payload ->> '$.cleaner' AS cleaner,
            c.reading ->> '$.reader' AS reader, c.text AS text
        FROM {_SHOWN} LEFT JOIN dated ON dated.document = c.document""",
    """CREATE VIEW failure AS SELECT c.sha256 AS sha256, c.source AS source, c.reason AS reason,
            c.todo AS todo
        FROM shown JOIN content AS c ON c.number = shown.content AND c.document IS NULL""",
    _findings("statement", "statements", "id mode source.name source.actor said_on within content.text"),
    _findings("reported_transfer", "transfers", "id supplier recipient category item stage outcome when"),
    _findings("mention", "mentions", "id transfer supplier recipient category item stage when"),
    _findings(
        "claim",
        "claims",
        "id stance transfer stage speaker.name speaker.actor said_on statement",
    ),
    _findings("response", "responses", "id kind by against target status on transfer"),
    _findings("event", "events", "id type actor target when text"),
    "CREATE VIEW field AS "
    + " UNION ALL ".join(
        _anchored(kind, key)
        for kind, key in (
            ("statement", "statements"),
            ("mention", "mentions"),
            ("transfer", "transfers"),
            ("claim", "claims"),
            ("response", "responses"),
            ("event", "events"),
        )
    ),
)

_VIEW_NAMES = tuple(text.split()[2] for text in _VIEWS)

MIGRATIONS: Sequence[Migration] = (
    (),  # the first layout, which no case has any longer once it is opened
    (
        *(f"DROP TABLE IF EXISTS {name}" for name in _OLD_TABLES),
        *_TABLES,
    ),
    (
        *_JUDGED_TABLES,
        *(f"DROP VIEW IF EXISTS {name}" for name in _VIEW_NAMES),
        *_VIEWS,
    ),
    (*_REGISTER_TABLES_AGAIN, *_LIST_TABLES),
)
