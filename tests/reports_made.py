"""Reports made up by the thousand, for tests and benchmarks that need more of them than anybody writes.

``generate(number, seed)`` gives the same reports for the same arguments.  They look like the real thing
where that matters for the work of a case:

* 120 to 220 words with headline, date line, dateline, quotes, denials, figures and responses; half of the
  sentences or more are background (weather, harvests, roads, elections);
* about 60 % are accounts of their own; the others are verbatim copies, partial copies and rewrites.  Most
  families of copies have two or three members, a few have dozens;
* the most reported pair of states is in one or two reports of a hundred, most pairs are in few;
* some have no date, or one without a year; some leave a party open or name no kind of goods; some tell of
  what was given in return.

States come from the knowledge tables and so do weapons; persons, outlets and towns are put together from
syllables.  Nothing that a report tells ever happened.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from tidewaiter import knowledge

FIRST_DAY = date(2018, 1, 8)
EVENNESS = 20
"""Reports on the k-th pair of states are as 1 / (k + this): the first one gets one or two in a hundred."""
FAMILY_TAIL, LARGEST_FAMILY = 2.2, 60
"""Families of copies of n members are as n to the power of minus this."""
SHARE_OF_ONE_FAMILY = 0.02
"""So that in a small collection one family is not half of it."""
HTML, JSON = 0.06, 0.03


@dataclass(frozen=True, slots=True)
class Mix:
    """What kind of reports, and how many of each.  Shares are 0..1."""

    short: bool = False  # about 60 words
    pairs: int = 1500  # of states that are reported on
    goods: int | None = None  # kinds of goods; None: all that the tables have
    days: int = 2500  # over which the stories are spread
    told_again: float = 0.45  # accounts of a story that has been told
    copied: float = 0.165  # accounts that others copy; two reports in five are copies
    undated: float = 0.08
    yearless: float = 0.05
    vague: float = 0.08  # name no kind of goods
    party_open: float = 0.05
    exchange: float = 0.08


NEWS = Mix()
"""As in the news."""
SHORT = Mix(short=True)
TANGLED = Mix(
    short=True,
    pairs=3,
    goods=3,
    days=70,
    told_again=0.5,
    copied=0.3,
    undated=0.2,
    yearless=0.15,
    vague=0.2,
    party_open=0.2,
    exchange=0.3,
)
"""A handful in which almost everything has to do with everything."""


class Report(NamedTuple):
    """A file to be made: its name and what is in it."""

    name: str
    text: str
    family: int  # reports with the same number derive from one account
    kind: str  # "account", "verbatim", "partial" or "rewrite"


def generate(number: int, seed: int, mix: Mix = NEWS) -> Iterator[Report]:
    """``number`` reports, families strewn among each other."""
    rng = Random(seed)
    desk = _Desk(rng, mix)
    made: list[tuple[_Article, int]] = []
    family = 0
    while len(made) < number:
        size = min(_family_size(rng, number, mix), number - len(made))
        made += [(article, family) for article in _family(desk, size)]
        family += 1
    rng.shuffle(made)
    for place, (article, of_family) in enumerate(made):
        name, text = _file(article, rng)
        yield Report(f"{place:05d}-{name}", text, of_family, article.kind)


def _family_size(rng: Random, number: int, mix: Mix) -> int:
    if rng.random() >= mix.copied:
        return 1
    largest = max(3, min(LARGEST_FAMILY, round(number * SHARE_OF_ONE_FAMILY)))
    sizes = range(2, largest + 1)
    return rng.choices(sizes, [size**-FAMILY_TAIL for size in sizes])[0]


def _family(desk: _Desk, size: int) -> list[_Article]:
    members = [desk.account()]
    while len(members) < size:
        # Most copy the first; some copy a copy.
        source = members[0] if desk.rng.random() < 0.8 else desk.rng.choice(members)
        members.append(desk.copy(source))
    return members


# ------------------------------------------------------------------------------------ the world


class State(NamedTuple):
    code: str
    name: str
    demonym: str
    capital: str


@cache
def states() -> tuple[State, ...]:
    """The states with name, demonym and capital in the tables, by code."""
    words: dict[str, dict[str, str]] = {}
    for row in knowledge.load().table("actors_states"):
        forms = words.setdefault(row["code"], {})
        if len(row["text"]) < len(forms.get(row["form"], "x" * 99)):
            forms[row["form"]] = row["text"]
    whole = (
        State(code, forms["name"], forms["demonym"], forms["capital"])
        for code, forms in sorted(words.items())
        if {"name", "demonym", "capital"} <= set(forms)
    )
    return tuple(one for one in whole if len(one.name.split()) <= 2 and one.name != one.capital)


NOUNS = {
    "ammunition": ("artillery shells", "mortar bombs", "rounds of ammunition"),
    "artillery": ("howitzers", "rocket launchers"),
    "missiles": ("missiles", "cruise missiles"),
    "uav": ("drones", "attack drones", "reconnaissance drones"),
    "aircraft": ("fighter jets", "helicopters", "transport planes"),
    "air_defence": ("air defence systems", "air defence batteries"),
    "armoured_vehicles": ("tanks", "armoured vehicles", "personnel carriers"),
    "ships": ("patrol boats", "corvettes"),
    "small_arms": ("assault rifles", "machine guns", "rifles"),
    "sensors": ("radars",),
}
"""What a report calls goods of a category."""

VAGUE = ("weapons", "arms", "military equipment")


@cache
def weapons() -> tuple[str, ...]:
    """Goods as reports name them: a type from the tables with what it is, and plain nouns thrice."""
    named = [
        f"{row['term']} {NOUNS[row['category']][0]}"
        for row in knowledge.load().table("weapons")
        if row["kind"] == "name"
        and not row["guard"]
        and row["category"] in NOUNS
        and re.fullmatch(r"[A-Z][\w-]*\d[\w-]*", row["term"])
    ]
    plain = [noun for nouns in NOUNS.values() for noun in nouns]
    return (*named, *(plain * max(1, 3 * len(named) // len(plain))))


class Outlet(NamedTuple):
    name: str
    top: str  # stands over every report
    foot: str  # stands under every report


OUTLETS = tuple(
    Outlet(*row.split(" | "))
    for row in """\
Harbour Wire | Home / World / Markets / Weather | (Reporting by Harbour Wire staff; editing by the night desk)
Lantern Post | Subscribe to the Lantern Post newsletter | Read more on our world page
The Northern Ledger | Advertisement | Copyright The Northern Ledger. All rights reserved.
Copper Coast Times | News Sport Opinion Culture | Follow Copper Coast Times on social media
Delta Dispatch | Share this article | Delta Dispatch is an independent newspaper
Morning Sextant | Menu Search Sign in | Sign up for our daily briefing
Quarry News Agency | QNA World Service | QNA welcomes letters from its readers
Prairie Observer | Listen to this article | Support our journalism
Seven Hills Gazette | Latest Most read Videos | Seven Hills Gazette, founded by its readers
Beacon Radio | Live: tune in now | Beacon Radio can be heard on medium wave
Ferry Street Journal | Home > World > Defence | Related: the week in pictures
Kestrel Online | Accept cookies | Download the Kestrel app
Plateau Herald | Print this page | The Plateau Herald is published six days a week
Saltmarsh Courier | Weather Traffic Lottery | Contact the newsroom
Orchard Press | Top stories | Orchard Press is not responsible for the content of external sites
Granite Broadcasting | Watch live | Granite Broadcasting Corporation
The Evening Compass | Skip to main content | Comments are closed
Lighthouse Daily | E-paper Archive Jobs | Terms of use
Tideline Review | Our picks | The Tideline Review appears on Sundays
Windmill News | Go to homepage | More from this section""".splitlines()
)

FIRST, LAST_START, LAST_END, TOWN_START, TOWN_END = map(
    str.split,
    """\
Adri Belan Corin Dala Edvar Farin Galia Hadren Ilse Jorun Kamil Lenor Marek Nadia Orin Petra Rafi Selma Vera
Bar Dor Fal Gren Har Kal Lom Mar Nev Ost Par Rud Sal Tar Vel Wol Zan Brem Cast Holm
akov elli enko ersen idze ima ingham onde orre osa ovic uri wick yan adeh
Al Bor Cas Dun Es Fen Gor Hal Is Jar Kor Lim Mon Nor Or Pel Quen Ros Sar Tol Ur Val Wes Yel Zor
abad avik burg dale ena grad heim ica isk olo ova port ria sund tun vale wara""".splitlines(),
)


def person(rng: Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST_START)}{rng.choice(LAST_END)}"


def town(rng: Random) -> str:
    return rng.choice(TOWN_START) + rng.choice(TOWN_END)


# ------------------------------------------------------------------------------------ words


def _banks(table: str) -> dict[str, tuple[str, ...]]:
    """``name: one | another`` a line; an indented line goes on with the bank above it."""
    banks: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in table.splitlines():
        options = line
        if not line.startswith(" "):
            name, _, options = line.partition(":")
        found = tuple(one.strip() for one in options.split("|")) if options.strip() else ()
        banks[name] = banks.get(name, ()) + found
    return banks


# What a report is about.  Capital letters are the story's: {S}upplier, {R}ecipient, {A}ccuser, {T}hird;
# with c their capital, with d how what is theirs is called.
STORY = _banks(
    """\
lead_accused:
  {A} on {weekday} accused {S} of {sending} {figure} {goods} to {R} {by_way}.
  {S} has {sent} {figure} {goods} to {R}, {A_said} on {weekday}.
  {figure_Up} {goods} {went} from {S} to {R} {lately}, {A_said} {weekday}.
  {Ad} officials said on {weekday} that {S} had {sent} {figure} {goods} to {R} {by_way}.
  {S} {lately} {shipped} {R} {figure} {goods}, according to {Ad} intelligence.
lead_deal:
  {S} will {deliver} {figure} {goods} to {R} under {a_contract} {signed} on {weekday}.
  {R} has {bought} {figure} {goods} from {S}, the {Rd} defence ministry {announced} on {weekday}.
  {R} took delivery of {figure} {Sd} {goods} on {weekday}, {official} said.
  The {Sd} government has {approved} the sale of {figure} {goods} to {R}.
  {S} and {R} {signed} {a_contract} for {figure} {goods} {lately}.
lead_seized:
  {Ad} forces {seized} {figure} {goods} that {S} was {sending} to {R}, {official} said on {weekday}.
  A ship with {figure} {Sd} {goods} for {R} was {stopped} near {town}, {A_said} on {weekday}.
  Inspectors in {town} found {figure} {goods} on their way from {S} to {R}, {A_said}.
lead_sought:
  {R} has asked {S} for {figure} {goods}, {official} said on {weekday}.
  {R} is in talks with {S} to {buy} {figure} {goods}, {two_sources} said on {weekday}.
  {S} is {weighing} a {Rd} request for {figure} {goods}, {official} said.
headline: {S} {sent} {goods} to {R}, {A} says | {A}: {Sd} {goods} {reach} {R} | {R} gets {goods} from {S}
  {Sd} {goods} for {R} {raise} {questions} | {questions_Up} over {Sd} {goods} in {R}
  What is known of the {Sd} {goods} in {R} | {R} and {S}: the matter of the {goods}
more:
  The {goods} were {loaded} in {town} and {carried} to {R} {by_vehicle}, {official} said.
  The first {few} {goods} {arrived} in {town} {in_month}, according to {two_sources}.
  {official_Up} put the value of the {goods} at {money}.
  {R} has already used the {Sd} {goods} {near} {town}, {official} said.
  Pictures {taken} {near} {town} show crates {marked} in {Sd}, said {expert}.
  {S} {sent} the {goods} {in_month}, {expert} said.
  Another {few} {goods} are to {follow} {next_time}, {two_sources} said.
denial:
  {S} denied that it had {sent} {goods} to {R}.
  {Sc} has denied {sending} any weapons to {R}.
  {R} denied {receiving} {goods} from {S}.
  The {Sd} foreign ministry {rejected} the {charge} as {baseless}.
  {s_person}, a spokesman for the {Sd} foreign ministry, said {S} had {never_sent} {goods} to {R}.
  {Rc} called the report {baseless} and {declined_more}.
  The {Sd} embassy in {Ac} declined to comment.
response:
  {A} {imposed} sanctions on {a_firm} over the {goods}.
  {A} will {bring} the matter before the {un} Security Council {next_time}.
  The {Ad} foreign ministry {summoned} the {Sd} ambassador on {weekday}.
  {A} {called_for} an investigation into the {goods}.
  {A} condemned the {Sd} deliveries and {called_on} {Sc} to {stop} them.
  The {un} panel of experts is {looking_into} the {goods}, {official} said.
exchange:
  In return, {R} {sent} {S} {figure2} {goods2}, {official} said.
  {R} paid for the {goods} with {barter}, according to {two_sources}.
  In exchange {S} received {figure2} {goods2} from {R}, {A_said}.
aside:
  {T} {sent} {figure2} {goods2} to {R} {in_month}, {expert} said.
  {S} also {sells} {goods2} to {T}, which {received} {figure2} of them {in_month}.
  {T} has {bought} {figure2} {goods2} from {S} {lately}.
  {R} {turned_to} {T} for {goods2} {in_month}, {official} said.
quote:
  We {know} {what_was} in those {crates}, and {they_know} it too
  Nobody {loads} {crates} at night {unless} there is {something} to hide
  The {goods} were {paid} for and {everyone} in {town} {saw} them
  This is {one_more} {sad} {chapter}, and it {will_not} be the last
  We have {papers} for each of the {goods}, and we will {show} them
  There {is_no} {contract}, there {is_no} ship and there {is_no} {secret}
  Those who {arm} {R} will have to {answer} for {what_follows}
  Our {neighbours} may {buy} what they {like}, but not {behind} our {backs}
quoted:
  “{quote},” said {a_person}, {a_role}.
  “{quote},” {a_person}, {a_role}, told {listeners}.
  {a_person}, {a_role}, said: “{quote}.”
  {a_role_Up} {a_person} told {listeners}: “{quote}.”
A_said: {A} said | {Ad} officials said | the {Ad} defence ministry said | {Ac} says
official: a senior official | an official in {Ac} | a {Ad} official | the ministry
  a defence ministry spokeswoman
two_sources: two people familiar with the matter | three diplomats | a person briefed on the talks
  two {Ad} officials | sources in {Rc}
expert: {x_person}, an analyst in {town} | {x_person} of the {town} Institute | a retired {Ad} officer
  researchers in {Ac}
sending: sending | shipping | supplying | delivering | transferring
sent: sent | delivered | supplied | transferred
shipped: sent | shipped | sold
sells: sells | supplies
went: were shipped | were delivered | were sent
deliver: deliver | supply | send | ship
buy: buy | acquire | purchase
bought: bought | ordered | acquired | purchased
received: received | got | took delivery of
receiving: receiving | buying | getting
seized: seized | intercepted | confiscated
stopped: stopped | boarded | seized
approved: approved | cleared | agreed to
announced: announced | said | confirmed
signed: signed | announced | agreed
weighing: weighing | considering | studying
turned_to: turned to | asked | looked to
a_contract: a contract | an agreement | a deal worth {money} | an accord
by_way:  |  |  | by way of {town} | through the port of {town} | aboard a cargo ship
lately: last month | last year | this spring | in {month} | over the past weeks
in_month: in {month} | late in {month} | in early {month} | last {month}
next_time: next week | next month | in {month} | before the end of the year
loaded: loaded | packed | put on board
carried: carried | taken | flown | driven
by_vehicle: by train | on a freighter | in two cargo planes | by lorry
arrived: arrived | landed | were unloaded
near: near | outside | north of | not far from
taken: taken | published | made
marked: labelled | marked | stamped
follow: follow | be shipped | be delivered
rejected: rejected | dismissed | denied
charge: charge | accusation | allegation | report
baseless: baseless | false | an invention | groundless | propaganda
never_sent: never sent | not sent | never supplied | not sold
declined_more: would say no more | gave no details | declined further comment
imposed: imposed | announced | threatened
bring: bring | take | raise
summoned: summoned | called in
called_for: called for | demanded | opened
called_on: called on | urged
stop: stop | end | halt
looking_into: looking into | investigating | examining
un: United Nations | UN | U.N.
a_firm: two shipping companies | a trading firm in {town} | {x_person}, a broker
barter: oil | wheat | copper ore | fishing rights | gold
reach: reach | turn up in | arrive in
raise: raise | prompt | stir
questions: questions | doubts | new questions
few: three | four | six | ten | dozen
money: ${number} million | {number} million euros | about ${number} million
number: 12 | 18 | 27 | 35 | 40 | 64 | 75 | 90 | 110 | 145 | 230 | 310 | 480
know: know | saw | have seen
what_was: what was | what lay | what came
crates: crates | boxes | containers | hangars
they_know: they know | our neighbours know | the captain knows
loads: loads | moves | guards
unless: unless | if not because
something: something | a great deal
paid: paid | ordered | asked
everyone: everyone | half the harbour | many people
saw: saw | counted | photographed
one_more: one more | another | a
sad: sad | dangerous | reckless | foolish
chapter: chapter | step | game | story
will_not: will not | may not | cannot
papers: papers | pictures | receipts | serial numbers
show: show | publish | hand over
is_no: is no | never was a | is not one
contract: contract | agreement | order
secret: secret | mystery | plot
arm: arm | equip | supply
answer: answer | account | pay
what_follows: what follows | the dead | this war
neighbours: neighbours | friends | partners
like: like | can pay for | want
behind: behind | over
backs: backs | heads
listeners: reporters in {town} | lawmakers | state television | a radio station | {outlet}
"""
)

# Short parts in many combinations, so that two reports seldom share eight words in a row.
BACKGROUND = _banks(
    """\
background:
  {thing} {in_place} {did} {how_much} {when}.
  {when_Up}, {thing} {in_place} {did} {how_much}.
  {people} {in_place} {complain} about {trouble} and {sorrow}.
  {thing} {did} {how_much} {when}, while {thing} {did} {how_much}.
  {event} {is_due} {in_place} {when_next}.
  {event} {when} {ended} {outcome}.
  {people} {in_place} {remember} {event} {of_year}, when {thing} {did}.
  {body} {expects} {thing} to {do} {how_much} {when_next}.
  {place} lies {distance} from {town} and {lives_on} {goods_of_peace} and {goods_of_peace}.
  {weather} {kept} {people} {in_place} {at_home} {when}.
  {event} {in_place} {drew} {people}, {body} reported.
  It was {the_nth} {gathering} {in_place} since {year}, and {people} {complain} of {trouble}.
thing: the price of {goods_of_peace} | the harvest of {goods_of_peace} | unemployment | inflation
  the {Rd} currency | rainfall | the number of visitors | trade in {goods_of_peace} | the water level
  the state budget | exports of {goods_of_peace} | rents | traffic | the population
  output of {goods_of_peace} | attendance at schools | the fare of buses | wages
in_place: in {town} | around {town} | in {Rc} | in the north | along the coast | in the province of {town}
  in {R} | on both sides of the river | in the hills | in most districts | across {T}
did: rose | fell | grew | shrank | doubled | stood still | recovered | dropped | climbed | eased
do: rise | fall | grow | shrink | recover | drop | climb | ease
how_much: by {number} percent | a little | sharply | for the {nth} time | more than expected
  to a level last seen in {year} | slowly | by a third | as never before | less than feared
when: last year | in {year} | this week | since {month} | in {month} {year} | during the rainy season
  after the holidays | over the summer | in the second quarter | before the election | overnight
when_next: next year | in {month} | in the autumn | after the vote | within weeks | by {month}
people: farmers | shopkeepers | teachers | commuters | fishermen | tourists | old people | students
  builders | doctors | families from {town} | traders from {T} | many
complain: complain | talk | worry | argue | write | joke
trouble: the dust | power cuts | queues at {crossing} | the heat | bad roads | late buses | floods | taxes
  the noise of {crossing} | locusts | mould | slow courts
sorrow: thin soil | broken pumps | debts | stray dogs | dear petrol | empty wells | rust
crossing: the bridge | the border post | the ferry | the {town} crossing | the new airport
event: the local election | a strike of {people} | the {nth} census of {people}
  a fair for {goods_of_peace} | the cup final | a book festival | the trial of {x_person}
  a conference on {goods_of_peace} | the opening of {crossing} | a film week | the coalition talks
  the feast of the harvest
gathering: strike of {people} | fair for {goods_of_peace} | census | film week | flood | marathon
is_due: is due | is planned | will be held | is to begin | takes place
ended: ended | closed | broke up | went by | finished
outcome: without a result | in a draw | with songs | after {number} hours | in the rain
  with a narrow majority | a day early | to cheers | with {x_person} ahead
remember: remember | still speak of | like to tell of | have not forgotten
of_year: of {year} | in {year} | {number} years ago
body: the statistics office | the central bank | the weather service | the city council
  the chamber of commerce | the University of {town} | a survey of {people}
expects: expects | wants | predicts for | would like
place: {town} | the city | the district of {town} | the port of {town} | the valley
distance: {number} kilometres | an hour | two days by bus | not far | a short flight
lives_on: lives on | trades in | is known for | exports | grows
goods_of_peace: wheat | olives | cement | cotton | dates | timber | salt | tea | milk | carpets | fish
  bicycles | apples | paper | honey | bread | cocoa | glass
weather: heavy rain | a sandstorm | fog | snow | a heat wave | strong wind | hail the size of walnuts
kept: kept | held
at_home: at home | off the roads | from the fields | awake | under roofs
drew: drew | pleased | annoyed | surprised | brought together
the_nth: the {nth} | only the {nth} | already the {nth}
nth: second | third | fourth | fifth | sixth | seventh | ninth | tenth
a_role: the {Ad} defence minister | a spokesman for the {Ad} army | the {Rd} foreign minister
  a spokeswoman for the {Sd} government | the {Sd} ambassador | a member of the {Ad} parliament
weekday: Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday
month: January | February | March | April | May | June | July | August | September | October
  November | December
"""
)

YEARS = {"year": tuple(str(year) for year in range(1961, 2018))}
BANKS: Mapping[str, Sequence[str]] = STORY | BACKGROUND | YEARS

SYNONYMS = {
    "accused": "blamed",
    "announced": "made public",
    "arrived": "turned up",
    "called": "termed",
    "confirmed": "acknowledged",
    "crates": "boxes",
    "denied": "disputed",
    "familiar with": "aware of",
    "government": "authorities",
    "last month": "a month ago",
    "matter": "affair",
    "near": "close to",
    "official": "functionary",
    "officials": "functionaries",
    "pictures": "images",
    "received": "obtained",
    "said": "stated",
    "seized": "captured",
    "senior": "high-ranking",
    "sent": "dispatched",
    "ship": "vessel",
    "show": "reveal",
    "supplied": "provided",
    "told": "informed",
    "value": "worth",
}
"""How a rewrite turns another's words, outside quotation marks."""

FIGURES = (6, 8, 12, 18, 24, 30, 36, 40, 45, 60, 72, 80, 100, 120, 150, 200, 240, 300, 500, 1200, 2500, 10000)
HEDGES = ("{}", "{}", "about {}", "more than {}", "at least {}", "some {}")


# ------------------------------------------------------------------------------------ stories, reports


@dataclass(frozen=True)
class _Story:
    """What is told of: who is said to have sent what to whom, and when it became known."""

    kind: str
    day: date
    facts: Mapping[str, str]
    amount: int
    quotes: tuple[str, ...]  # sentences with a quote: all who tell of it tell the same words


@dataclass(frozen=True)
class _Article:
    """A report before it is a file."""

    outlet: Outlet
    title: str
    city: str
    day: date
    dating: str  # "line", "dateline", "yearless" or "none"
    told: tuple[str, ...]  # sentences on the story
    background: tuple[str, ...]
    layout: int  # how the sentences are mixed
    kind: str = "account"

    def paragraphs(self) -> list[str]:
        """One or two sentences each, the lead first, background in between and at the end."""
        mixing = Random(self.layout)
        lead, *rest = self.told
        sentences = list(rest)
        for one in self.background:
            # Not before the first thing said, and sooner at the end than in the middle.
            sentences.insert(max(mixing.randint(0, len(sentences)), mixing.randint(0, len(sentences))), one)
        found = [lead]
        while sentences:
            size = mixing.choice((1, 2, 2))
            found.append(" ".join(sentences[:size]))
            del sentences[:size]
        return found


@dataclass
class _Desk:
    """Where reports are written; remembers the stories that were told."""

    rng: Random
    mix: Mix
    pairs: list[tuple[State, State]] = field(default_factory=list)
    goods: Sequence[str] = ()
    weights: list[float] = field(default_factory=list)
    stories: dict[tuple[str, str], list[_Story]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        chosen: dict[tuple[State, State], None] = {}
        all_states = states()
        while len(chosen) < self.mix.pairs:
            supplier, recipient = self.rng.sample(all_states, 2)
            chosen[supplier, recipient] = None
        self.pairs = list(chosen)
        self.goods = weapons() if self.mix.goods is None else self.rng.sample(weapons(), self.mix.goods)
        self.weights = list(accumulate(1 / (k + EVENNESS) for k in range(self.mix.pairs)))

    # -- saying

    def say(self, template: str, facts: Mapping[str, str]) -> str:
        """The template with every {slot} filled: from the facts, else at random from the banks.
        ``_Up`` at the end of a slot's name makes the first letter a capital."""

        def fill(match: re.Match[str]) -> str:
            name = match[1].removesuffix("_Up")
            words = facts[name] if name in facts else self._own(name, facts)
            return words[:1].upper() + words[1:] if match[1] != name else words

        text = re.sub(r"\{(\w+)\}", fill, template)
        return re.sub(r" +([.,])", r"\1", text[:1].upper() + text[1:])

    def _own(self, name: str, facts: Mapping[str, str]) -> str:
        if name == "town":
            return town(self.rng)
        if name.endswith("_person"):
            return person(self.rng)
        if name == "outlet":
            return self.rng.choice(OUTLETS).name
        words = self.rng.choice(BANKS[name])
        return re.sub(r"\{(\w+)\}", lambda match: self._slot(match[1], facts), words)

    def _slot(self, slot: str, facts: Mapping[str, str]) -> str:
        name = slot.removesuffix("_Up")
        words = facts[name] if name in facts else self._own(name, facts)
        return words[:1].upper() + words[1:] if slot != name else words

    # -- stories

    def story(self) -> _Story:
        """One that was told before, now and then; else a new one of a pair of states."""
        pair = self.rng.choices(self.pairs, cum_weights=self.weights)[0]
        key = (pair[0].code, pair[1].code)
        told = self.stories.setdefault(key, [])
        if told and self.rng.random() < self.mix.told_again:
            return self.rng.choice(told)
        told.append(self._new_story(*pair))
        return told[-1]

    def _new_story(self, supplier: State, recipient: State) -> _Story:
        others = [one for one in self.rng.sample(states(), 4) if one not in (supplier, recipient)]
        facts: dict[str, str] = {}
        for letter, state in zip("SRAT", (supplier, recipient, *others), strict=False):
            facts |= {
                letter: state.name,
                f"{letter}d": state.demonym,
                f"{letter}c": state.capital,
            }
        facts |= {
            "goods": self.rng.choice(self.goods),
            "goods2": self.rng.choice(self.goods),
            "figure2": self._figure(self.rng.choice(FIGURES)),
            "s_person": person(self.rng),
        }
        day = FIRST_DAY + timedelta(self.rng.randrange(self.mix.days))
        facts["weekday"] = f"{day:%A}"
        quotes = tuple(
            self.say(self.rng.choice(BANKS["quoted"]), {**facts, "a_person": person(self.rng)})
            for _ in range(3)
        )
        kind = self.rng.choices(("accused", "deal", "seized", "sought"), (5, 4, 2, 1))[0]
        return _Story(kind, day, facts, self.rng.choice(FIGURES), quotes)

    def _figure(self, amount: int) -> str:
        return self.rng.choice(HEDGES).format(f"{amount:,}")

    # -- reports

    def account(self) -> _Article:
        """Somebody's own account of a story."""
        story, rng = self.story(), self.rng
        facts = dict(story.facts)
        amount = rng.choice(FIGURES) if rng.random() < 0.1 else story.amount
        facts["figure"] = self._figure(amount)
        if rng.random() < self.mix.vague:
            facts["goods"], facts["figure"] = rng.choice(VAGUE), rng.choice(("more", "new", "heavy"))
        if rng.random() < self.mix.party_open:  # who sent it is left open
            facts["S"], facts["Sd"] = "an unnamed country", "foreign"
        return _Article(
            outlet=rng.choice(OUTLETS),
            title=self.say(rng.choice(BANKS["headline"]), facts),
            city=(facts["Ac"] if rng.random() < 0.6 else town(rng)).upper(),
            day=story.day + timedelta(rng.choices(range(6), (6, 5, 3, 2, 1, 1))[0]),
            dating=self._dating(),
            told=self._told(story, facts),
            background=self._background(facts, short=1, long=rng.randint(6, 10)),
            layout=rng.randrange(10**6),
        )

    def _told(self, story: _Story, facts: Mapping[str, str]) -> tuple[str, ...]:
        rng = self.rng
        kinds = ["more", "denial", "response"]
        rest = [self.say(rng.choice(BANKS[kind]), facts) for kind in kinds if rng.random() < 0.75]
        rest += rng.sample(story.quotes, rng.choice((0, 1, 1, 2)))
        if self.mix.short:
            rest = rest[:1]
        rng.shuffle(rest)
        rest += [
            self.say(rng.choice(BANKS[kind]), facts)
            for kind, share in (("aside", 0.35), ("exchange", self.mix.exchange))
            if rng.random() < share
        ]
        return (self.say(rng.choice(BANKS[f"lead_{story.kind}"]), facts), *rest)

    def _background(self, facts: Mapping[str, str], short: int, long: int) -> tuple[str, ...]:
        count = short if self.mix.short else long
        return tuple(self.say(self.rng.choice(BANKS["background"]), facts) for _ in range(count))

    def _dating(self) -> str:
        drawn = self.rng.random()
        if drawn < self.mix.undated:
            return "none"
        if drawn < self.mix.undated + self.mix.yearless:
            return "yearless"
        return self.rng.choice(("line", "line", "dateline"))

    def copy(self, source: _Article) -> _Article:
        """Another outlet's copy of a report, a few days later at most."""
        rng = self.rng
        taken = replace(
            source,
            outlet=rng.choice(OUTLETS),
            day=source.day + timedelta(rng.choices(range(5), (8, 5, 2, 1, 1))[0]),
            dating=self._dating(),
            kind=rng.choices(("verbatim", "partial", "rewrite"), (5, 3, 2))[0],
        )
        if taken.kind == "partial":
            return replace(
                taken,
                told=taken.told[: max(2, len(taken.told) - rng.randint(0, 2))],
                background=taken.background[: (len(taken.background) + 1) // 2],
            )
        if taken.kind == "rewrite":
            return self._rewrite(taken)
        return taken

    def _rewrite(self, source: _Article) -> _Article:
        """The story in other words, the quotes kept, with some background of one's own."""
        kept = source.background[::2]
        facts = dict.fromkeys(("R", "T"), "the country") | {"Rd": "local", "Rc": source.city.title()}
        return replace(
            source,
            title=_turned(source.title),
            told=tuple(map(_turned, source.told)),
            background=tuple(map(_turned, kept)) + self._background(facts, short=1, long=4),
        )


def _turned(sentence: str) -> str:
    """The sentence with other words for some, outside quotation marks."""
    parts = re.split(r"(“[^”]*”)", sentence)
    pattern = re.compile(rf"\b({'|'.join(sorted(SYNONYMS, key=len, reverse=True))})\b")
    return "".join(
        part if part.startswith("“") else pattern.sub(lambda match: SYNONYMS[match[1]], part)
        for part in parts
    )


# ------------------------------------------------------------------------------------ files


def _file(article: _Article, rng: Random) -> tuple[str, str]:
    """The end of the file's name and its text."""
    slug = re.sub(r"\W+", "-", article.outlet.name.lower()).strip("-")
    drawn = rng.random()
    if drawn < HTML:
        return f"{slug}.html", _html(article)
    if drawn < HTML + JSON:
        return f"{slug}.json", _json(article)
    return f"{slug}.txt", _plain(article)


def _day(article: _Article, *, year: bool = True) -> str:
    return f"{article.day:%B} {article.day.day}" + (f", {article.day.year}" if year else "")


def _body(article: _Article) -> list[str]:
    """The paragraphs, the first with its dateline."""
    wire = {
        "dateline": f"{article.city}, {_day(article)} ({article.outlet.name}) - ",
        "yearless": f"{article.city}, {_day(article, year=False)} ({article.outlet.name}) - ",
    }
    lead, *rest = article.paragraphs()
    return [wire.get(article.dating, f"{article.city} - ") + lead, *rest]


def _plain(article: _Article) -> str:
    line = [f"Published {_day(article)}"] if article.dating == "line" else []
    parts = (article.outlet.top, article.title, *line, *_body(article), article.outlet.foot)
    return "\n\n".join(parts) + "\n"


def _html(article: _Article) -> str:
    dated = article.dating in ("line", "dateline")
    meta = f'<meta property="article:published_time" content="{article.day}T08:00:00Z">\n' if dated else ""
    paragraphs = "\n".join(f"<p>{one}</p>" for one in _body(article))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n<title>{article.title}</title>\n'
        f'<meta property="og:site_name" content="{article.outlet.name}">\n{meta}</head><body>\n'
        f"<nav>{article.outlet.top}</nav>\n<article><h1>{article.title}</h1>\n{paragraphs}\n</article>\n"
        f"<footer>{article.outlet.foot}</footer></body></html>\n"
    )


def _json(article: _Article) -> str:
    held = {"title": article.title, "outlet": article.outlet.name, "text": "\n\n".join(_body(article))}
    if article.dating in ("line", "dateline"):
        held["published"] = article.day.isoformat()
    return json.dumps(held, ensure_ascii=False, indent=1) + "\n"
