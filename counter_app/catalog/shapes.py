"""Every key a pack file may have: read by `reading`, turned into JSON Schema by `schema`.

`kind` is one of: text int bool date texts expr any · table:S tables:S map:S (S another shape, or
one of text int bool any texts for the values of a map). To add a key, add a line here and an
attribute in `model`.
"""

from __future__ import annotations

from counter_app.domain.value import Value

FIELD_TYPES = (
    "text",
    "cert_no",
    "uscc",
    "phone",
    "date",
    "month",
    "datetime",
    "money",
    "ratio",
    "int",
    "bool",
    "admdvs",
    "disease_code",
    "icd",
    "institution_code",
    "bank_card",
    "enum",
    "multi_enum",
    "table",
    "case_no",
)
PARTIES = ("self", "guardian", "kin", "agent", "heir", "employer")
DOMAINS = ("综合服务", "待遇支付", "参保征缴联办", "两定", "咨询服务")
OFFERS = ("办", "代收转", "引导", "不办")
BOOKS = (
    "channel",  # ways in by which a case can come
    "publicity",  # ways by which people are told; no case comes by them
    "mode",  # ways of working the place has named, with the types they are about
    "system",  # systems beside ours
    "site",  # kinds of places where people are served, and what they may do
    "size",  # how many of something the place says it has
    "figure",  # figures the place has published
    "baseline",  # what something was before, to measure a change against
    "organisation",
    "post",
    "basis",  # titles of rules
    "diseases",  # versions of the list of diseases
    "benefit",  # what a benefit covers, in words
    "mark",  # kinds of suspicion
    "project",
)
WRITES = ("2501", "2502", "2503", "2504", "2505", "2506")  # messages that change something
FORMS = ("original", "copy", "signed_form", "electronic", "verify_original")
STAGES = (
    "consult",
    "received",
    "accepted",
    "supplement",
    "not_accepted",
    "done",
    "refused",
    "withdrawn",
    "terminated",
    "extended",
    "returned",
)


class Key(Value, frozen=True):
    """One key of one shape."""

    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    doc: str = ""


SHAPES: dict[str, tuple[Key, ...]] = {
    "type": (
        Key("id", required=True, doc="Two letters and two digits; the file carries the same name."),
        Key("name", required=True, doc="Official name."),
        Key("plain_name", doc="What a citizen would call it."),
        Key("aliases", "texts", doc="Other names, abbreviations and the ids it has swallowed."),
        Key("category", required=True, doc="Main item of the national list."),
        Key("national_item", doc="Place in the national list, such as 4.1."),
        Key(
            "applicant",
            required=True,
            choices=("individual", "employer", "newborn", "nobody"),
            doc="For whom; nobody: no identity is asked.",
        ),
        Key("domain", required=True, choices=DOMAINS, doc="Mapped to windows by each region."),
        Key("flow", required=True, doc="A flow of catalog/flows.py."),
        Key("offline", required=True, choices=("full", "accept_only", "cache_only", "none"), doc="Offline."),
        Key("channels", "texts", choices=("desk", "kiosk", "import", "online"), doc="Ways in."),
        Key(
            "principals", choices=("one", "pair"), doc="pair: a second person in the fields of group `other`."
        ),
        Key("deceased", "bool", doc="May be opened for a deceased person."),
        Key("parties", "texts", choices=PARTIES, doc="Who may speak for the principal."),
        Key("uses", "texts", doc="Field groups of _common.toml, in front of the type's own fields."),
        Key("closes", "texts", doc="Field groups behind the type's own fields, such as PAYEE."),
        Key("waives", "texts", doc="Proofs of who speaks that this type does not ask for."),
        Key("back_office", "texts", doc="Desks behind the counter that have to act, in order."),
        Key("paused", "texts", doc="Stages that do not count towards the limits, as printed."),
        Key("notices", "texts", doc="What the citizen must be told; printed on notice and receipt."),
        Key("follow_ups", "texts", doc="What remains to be done after the end."),
        Key("infno", "texts", doc="Institution-side interfaces of the same matter; `message` calls."),
        Key(
            "message", "table:message", doc="What a core platform behind the hub is told, where there is one."
        ),
        Key("source_rows", "texts", doc="Rows of the source list this type carries."),
        Key("minutes", "int", doc="Usual minutes at the window, for estimates."),
        Key("version", doc="Version of this file when it differs from the pack's."),
        Key("valid_from", "date", doc="First day it may be opened."),
        Key("valid_to", "date", doc="Last day it may be opened."),
        Key("note", doc="For the reader of the file; never shown."),
        Key("limits", "table:limits", doc="Time limits in working days."),
        Key("offered_in", "map:offer", doc="Exceptions per region; a region that is absent offers it (办)."),
        Key("situations", "tables:situation", doc="Variants; the first is taken when none is chosen."),
        Key("questions", "tables:question", doc="What only the clerk can answer: ask.<name>."),
        Key("field", "tables:field", doc="The form."),
        Key("material", "tables:material", doc="What to bring."),
        Key(
            "papers", "tables:paper", doc="Papers beyond those that follow from materials, party and result."
        ),
    ),
    "limits": (
        Key("statutory", "int", doc="By national rule; absent when there is none."),
        Key("statutory_basis", doc="The rule it rests on."),
        Key("promised", "map:any", doc="region = days, or region = { situation = days }."),
        Key("reference", doc="What another province promises; never printed as a promise."),
    ),
    "message": (
        Key("send", required=True, choices=WRITES, doc="Sent once the case is done."),
        Key(
            "undo",
            choices=WRITES,
            doc="Sent when a case that was done is taken back (冲正、撤销重审后不予办理).",
        ),
        Key("each", "texts", doc="Fields that stand one after the other for the first: a message for each."),
        Key("situations", "texts", doc="Only in these; absent: in all."),
    ),
    "offer": (
        Key("mode", choices=OFFERS, required=True, doc="How."),
        Key("level", doc="Down to which level: 市 区 镇街 村居 银行点 医院点."),
        Key("to", doc="Where to go instead, printed for 引导 and 不办."),
    ),
    "situation": (
        Key("code", required=True, doc="Short ASCII word used in conditions."),
        Key("name", required=True, doc="As shown."),
        Key("title", doc="Full name used instead of the type's, on screen and paper."),
        Key("aliases", "texts", doc="Old ids and names by which it is still found."),
        Key("when", "expr", doc="Offered only while this holds."),
    ),
    "question": (
        Key("name", required=True, doc="Used as ask.<name>."),
        Key("text", required=True, doc="Answerable by yes or no."),
    ),
    "field": (
        Key("key", required=True, doc="National field name where there is one."),
        Key("label", required=True, doc="As the clerk reads it."),
        Key("plain_label", doc="As a citizen would ask it."),
        Key("type", choices=FIELD_TYPES, doc="What may be typed."),
        Key("required", "bool", doc="Must be answered while visible."),
        Key("when", "expr", doc="Visible only while this holds."),
        Key("rule", "expr", doc="Refused when this is certainly false."),
        Key("rule_text", doc="What to say then."),
        Key("source", choices=("card", "hub", "earlier", "clerk"), doc="Who usually knows it."),
        Key(
            "sensitive", choices=("none", "id", "diagnosis", "bank", "name"), doc="Sealed and masked as such."
        ),
        Key("maps_to", doc="National interface field."),
        Key("group", doc="Heading it stands under; person employer other payee …"),
        Key("choices", "any", doc="Name of an enum in _common.toml, or a list of { code, label, aliases }."),
        Key("columns", "tables:field", doc="For type table."),
        Key("default", doc="Text taken when nobody answered."),
        Key("hint", doc="Short help."),
        Key("max_length", "int", doc="Characters."),
        Key("wide", "bool", doc="Takes a full row."),
        Key("printed", "bool", doc="Appears on papers."),
    ),
    "material": (
        Key("code", required=True, doc="M_ and a word."),
        Key("name", doc="As printed; taken from _common.toml when the code is known there."),
        Key("form", choices=FORMS, doc="How it is handed over."),
        Key("copies", "int", doc="How many."),
        Key("required", "bool", doc="Must be settled before acceptance."),
        Key("when", "expr", doc="Asked for only while this holds."),
        Key("defer", choices=("no", "yes", "supervisor"), doc="容缺."),
        Key("commit", "bool", doc="告知承诺 may replace it."),
        Key("share", doc="Which authority's data may stand in for it."),
        Key("core", "bool", doc="Nothing is accepted without it."),
        Key("original", "bool", doc="The original is kept."),
        Key("by_card", "bool", doc="Settled by reading a card, ID card or voucher of the holder."),
        Key("holder", choices=("principal", "speaker"), doc="Whose document."),
        Key("commit_text", doc="What is committed to, printed."),
        Key("note", doc="Said beside it."),
    ),
    "paper": (
        Key("code", required=True, doc="A paper of catalog/papers.py."),
        Key("when", doc="Stage: " + " ".join(STAGES)),
    ),
    "choice": (
        Key("code", required=True),
        Key("label", required=True),
        Key("aliases", "texts"),
    ),
    "listed": (
        Key("label", required=True),
        Key("aliases", "texts"),
    ),
    "common": (
        Key("enum", "map:any", doc="Shared lists of choices: a list of { code, label, aliases }."),
        Key("group", "map:any", doc="Shared field groups: [[group.PERSON]] …"),
        Key("material", "map:any", doc="Shared materials: [material.M_ID] …"),
        Key("party_material", "tables:material", doc="Asked for by who speaks, in every type."),
        Key("questions", "tables:question", doc="Questions every type may use."),
    ),
    "pack": (
        Key("name", required=True, doc="Name of the pack."),
        Key("version", required=True, doc="Year.month or finer."),
        Key("valid_from", "date", doc="First day in force."),
        Key("valid_to", "date", doc="Last day in force."),
        Key("publisher", doc="Who answers for it."),
    ),
    "region": (
        Key("id", doc="Name of the folder."),
        Key("name", doc="Name of the place."),
        Key("admdvs_code", doc="Own pooling area."),
        Key("version", doc="Version of this region's pack."),
        Key("agency", "map:text", doc="Who issues papers; absent is not printed."),
        Key("texts", "map:text", doc="Sentences that differ from place to place."),
        Key("hours", "tables:hours", doc="Opening hours by season."),
        Key("window_group", "tables:window_group", doc="Windows and the domains they serve."),
        Key("parameter", "tables:parameter", doc="Values with dates and sources."),
        Key("promise", "tables:promise", doc="Promised limits of this region."),
        Key("offers", "map:any", doc="type id = mode, or { mode, level, to }."),
        Key("diseases", "tables:disease", doc="Diseases that can be applied for here."),
        Key("institutions", "tables:institution", doc="Institutions with an agreement."),
        Key("entry", "tables:entry", doc="Dictionaries of the place: channels, sites, published figures …"),
    ),
    "entry": (
        Key("id", required=True, doc="Once in a region."),
        Key("book", required=True, choices=BOOKS, doc="Which dictionary."),
        Key("label", required=True, doc="As people read it."),
        Key("value", "any", doc="Number, word or list."),
        Key("unit", doc="人次, 家, 元 …"),
        Key("period", doc="Day or span a figure belongs to."),
        Key("valid_from", "date", doc="Since when."),
        Key("source", doc="Row ids."),
        Key("default", "bool", doc="Our choice where the sources are silent."),
        Key("note"),
    ),
    "hours": (
        Key("season", required=True),
        Key("from", required=True, doc="MM-DD."),
        Key("to", required=True, doc="MM-DD."),
        Key("open", "texts", required=True, doc="Such as 10:00-14:00."),
        Key("source"),
    ),
    "window_group": (
        Key("id", required=True),
        Key("name", required=True),
        Key("domains", "texts", required=True, choices=DOMAINS),
        Key("windows", "texts"),
        Key("source"),
    ),
    "parameter": (
        Key("name", required=True),
        Key("value", "any", required=True),
        Key("unit", doc="分, 元, %, 天, 工作日 …"),
        Key("valid_from", "date"),
        Key("valid_to", "date"),
        Key("source", doc="Row ids."),
        Key("default", "bool", doc="Our choice where the sources are silent or contradict themselves."),
        Key("note"),
    ),
    "promise": (
        Key("type", required=True),
        Key("situation"),
        Key("days", "int", required=True),
        Key("target", "bool", doc="A goal of the house: it orders the work and is never printed."),
        Key("source", required=True),
    ),
    "disease": (
        Key("code", required=True),
        Key("label", required=True),
        Key("aliases", "texts"),
        Key("channel", choices=("instant", "collected"), doc="即时 or 集中."),
        Key("criteria", doc="准入标准."),
        Key("procedure", doc="申报程序."),
        Key("review", doc="待遇有效期与复审时间."),
        Key("benefit", doc="享受的待遇."),
        Key("source"),
    ),
    "institution": (
        Key("code", required=True),
        Key("label", required=True),
        Key("aliases", "texts"),
        Key("kinds", "texts"),
        Key("demo", "bool", doc="Invented for practice."),
        Key("agreement", choices=("active", "ended"), doc="ended: can no longer be chosen."),
        Key("source"),
    ),
}
