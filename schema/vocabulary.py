"""The closed vocabularies, such as the kinds of support: one entry a term, without any logic.

Everything that lists terms (GraphQL enums, OpenAPI, filters, the `under` operator, the tree of
kinds) is derived from here. Terms are stored as text, so a new one needs no migration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Term:
    """One term of a vocabulary.

    `code` is the value in the database and the APIs, `label` the name for display, `parent` the
    code of the broader term if the vocabulary is a tree.
    """

    code: str
    label: str
    description: str
    parent: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms; `name` is the name of its GraphQL enum."""

    name: str
    description: str
    terms: tuple[Term, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes, in the order of the entries."""
        return tuple(term.code for term in self.terms)

    @cached_property
    def is_tree(self) -> bool:
        """Whether some term has a broader one."""
        return any(term.parent for term in self.terms)

    def children(self, parent: str | None) -> tuple[Term, ...]:
        """The direct children of `parent`, or the roots if it is None."""
        return tuple(term for term in self.terms if term.parent == parent)

    def under(self, code: str) -> tuple[str, ...]:
        """`code` and all of its descendants, depth first."""
        return tuple(self._descend(code))

    def _descend(self, code: str) -> Iterator[str]:
        yield code
        for child in self.children(code):
            yield from self._descend(child.code)


SUPPORT_KINDS = Vocabulary(
    "SupportKind",
    "Kind of support, from a hierarchy of broader and narrower kinds.",
    (
        Term("SUPPORT", "Support", "Support of any kind, or not broken down by kind."),
        Term("ECONOMY", "Economy", "Support for the recipient's economy.", "SUPPORT"),
        Term("FUNDING", "Funding", "Grants, loans and other money.", "ECONOMY"),
        Term("TRADE", "Trade", "Trade on terms that favour the recipient.", "ECONOMY"),
        Term("ENERGY", "Energy", "Fuel, electricity and the means to produce them.", "ECONOMY"),
        Term("MILITARY", "Military", "Support for warfare, of any kind.", "SUPPORT"),
        Term("WEAPONS", "Weapons", "Weapons of any type and their ammunition.", "MILITARY"),
        Term("DRONES", "Drones", "Uncrewed vehicles in the air, on land or at sea.", "WEAPONS"),
        Term("MISSILES", "Missiles", "Guided missiles and rockets.", "WEAPONS"),
        Term("AMMUNITION", "Ammunition", "Shells, rounds, mines and charges.", "WEAPONS"),
        Term("ARMOUR", "Armour", "Tanks and armoured vehicles.", "WEAPONS"),
        Term("ARTILLERY", "Artillery", "Guns, howitzers, mortars and rocket launchers.", "WEAPONS"),
        Term(
            "AIR_DEFENCE",
            "Air defence",
            "Systems for defence against aircraft and missiles.",
            "WEAPONS",
        ),
        Term("AIRCRAFT", "Aircraft", "Crewed aeroplanes and helicopters.", "WEAPONS"),
        Term("NAVAL", "Naval", "Ships, boats and submarines.", "WEAPONS"),
        Term(
            "SMALL_ARMS", "Small arms", "Weapons carried by one person or a small crew.", "WEAPONS"
        ),
        Term("SENSORS", "Sensors", "Radars, sonars and other sensors.", "WEAPONS"),
        Term(
            "ENGINES", "Engines", "Engines for vehicles, ships, aircraft and missiles.", "WEAPONS"
        ),
        Term(
            "NAVAL_WEAPONS", "Naval weapons", "Naval guns, torpedoes and depth charges.", "WEAPONS"
        ),
        Term("SATELLITES", "Satellites", "Satellites for military use.", "WEAPONS"),
        Term("MATERIEL", "Materiel", "Equipment and supplies other than weapons.", "MILITARY"),
        Term("TROOPS", "Troops", "Soldiers sent to fight or to serve in other roles.", "MILITARY"),
        Term(
            "TROOP_PRESENCE",
            "Troop presence",
            "Soldiers on the recipient's territory who are not known to fight.",
            "TROOPS",
        ),
        Term("TRAINING", "Training", "Training of the recipient's forces.", "MILITARY"),
        Term("INTELLIGENCE", "Intelligence", "Information about the adversary.", "MILITARY"),
        Term(
            "MILITARY_TECHNOLOGY",
            "Military technology",
            "Designs, licences and know-how for weapons.",
            "MILITARY",
        ),
        Term(
            "TERRITORY_ACCESS",
            "Access to territory",
            "Bases, transit or sanctuary on the supporter's territory.",
            "MILITARY",
        ),
        Term(
            "JOINT_OPERATIONS",
            "Joint operations",
            "Fighting or patrolling alongside the recipient.",
            "MILITARY",
        ),
        Term(
            "HUMANITARIAN",
            "Humanitarian",
            "Food, shelter, medicine and care for civilians.",
            "SUPPORT",
        ),
        Term("DIPLOMATIC", "Diplomatic", "Declarations, votes and treaties.", "SUPPORT"),
        Term("DEFENCE_PACT", "Defence pact", "A treaty to defend each other.", "DIPLOMATIC"),
        Term("OFFENCE_PACT", "Offence pact", "A treaty to attack together.", "DIPLOMATIC"),
        Term(
            "NEUTRALITY_PACT",
            "Neutrality pact",
            "A treaty to stay neutral in each other's wars.",
            "DIPLOMATIC",
        ),
        Term(
            "NON_AGGRESSION_PACT",
            "Non-aggression pact",
            "A treaty not to attack each other.",
            "DIPLOMATIC",
        ),
        Term(
            "CONSULTATION_PACT",
            "Consultation pact",
            "A treaty to consult each other in a crisis.",
            "DIPLOMATIC",
        ),
        Term("ENTENTE", "Entente", "An understanding to cooperate in a crisis.", "DIPLOMATIC"),
        Term("OTHER", "Other", "A known kind of support that no other value covers.", "SUPPORT"),
        Term(
            "UNKNOWN",
            "Unknown",
            "The source says that the kind of support is not known.",
            "SUPPORT",
        ),
    ),
)

SUPPORT_PHASES = Vocabulary(
    "SupportPhase",
    "Phase that a support has reached. Amounts of different phases are never added together.",
    (
        Term("PREDICTED", "Predicted", "Someone expects the support."),
        Term("PLEDGED", "Pledged", "The supporter has promised the support."),
        Term("AGREED", "Agreed", "Supporter and recipient have agreed on the support."),
        Term(
            "ALLOCATED", "Allocated", "The supporter has set the support aside for the recipient."
        ),
        Term("DELIVERED", "Delivered", "The recipient has received the support."),
    ),
)

ATTRIBUTIONS = Vocabulary(
    "Attribution",
    "What is known of who gives a support.",
    (
        Term("CERTAIN", "Certain", "The supporter is known."),
        Term(
            "SOME_OF",
            "Some of several",
            "Some of the candidates give the support; which of them is not known.",
        ),
        Term("UNKNOWN", "Unknown", "The supporter is not known."),
    ),
)

STANCES = Vocabulary(
    "Stance",
    "Stance of a statement on a support.",
    (
        Term("ASSERTS", "Asserts", "The speaker says that the support exists as described."),
        Term("DENIES", "Denies", "The speaker says that the support does not exist as described."),
        Term("QUESTIONS", "Questions", "The speaker doubts the support."),
    ),
)

RELIABILITIES = Vocabulary(
    "Reliability",
    "Reliability of a source: the letter of the Admiralty code (NATO AJP-2.1).",
    (
        Term("A", "Completely reliable", "No doubt about the source."),
        Term("B", "Usually reliable", "Minor doubts; mostly valid in the past."),
        Term("C", "Fairly reliable", "Doubts; sometimes valid in the past."),
        Term("D", "Not usually reliable", "Significant doubts."),
        Term("E", "Unreliable", "Not trustworthy; invalid in the past."),
        Term("F", "Reliability cannot be judged", "No basis to judge the source."),
    ),
)

ACTOR_KINDS = Vocabulary(
    "ActorKind",
    "Kind of actor.",
    (
        Term("STATE", "State", "A state, recognised or not."),
        Term(
            "ORGANISATION",
            "Organisation",
            "An alliance or another association of states or people.",
        ),
        Term("GOVERNMENT_BODY", "Government body", "A ministry, service or agency of a state."),
        Term("ARMED_GROUP", "Armed group", "An organised armed group that is not part of a state."),
        Term(
            "RESEARCH_INSTITUTE",
            "Research institute",
            "A think tank, university or research project.",
        ),
        Term("NEWS_OUTLET", "News outlet", "A newspaper, news agency or broadcaster."),
        Term("PERSON", "Person", "A single person."),
    ),
)

CONFLICT_KINDS = Vocabulary(
    "ConflictKind",
    "Kind of armed conflict, by who fights it.",
    (
        Term("INTERSTATE", "Interstate", "Between two or more states."),
        Term("INTRASTATE", "Intrastate", "Between a state and armed groups on its territory."),
        Term(
            "INTERNATIONALISED",
            "Internationalised intrastate",
            "Intrastate, with troops of other states on one side or both.",
        ),
        Term(
            "EXTRASYSTEMIC",
            "Extrasystemic",
            "Between a state and an armed group outside its territory.",
        ),
    ),
)

CODE_SCHEMES = Vocabulary(
    "CodeScheme",
    "Scheme that a code of an actor belongs to.",
    (
        Term("ISO_3166_1_ALPHA_2", "ISO 3166-1 alpha-2", "Two-letter country code, such as UA."),
        Term("ISO_3166_1_ALPHA_3", "ISO 3166-1 alpha-3", "Three-letter country code, such as UKR."),
        Term("COW", "Correlates of War", "Correlates of War country number."),
        Term("GLEDITSCH_WARD", "Gleditsch and Ward", "Gleditsch-Ward state number."),
        Term("UCDP_ACTOR", "UCDP actor", "Uppsala Conflict Data Program actor id."),
        Term("WIKIDATA", "Wikidata", "Item of Wikidata, such as Q159."),
        Term("VDEM", "V-Dem", "Varieties of Democracy country id."),
    ),
)

CONFLICT_CODE_SCHEMES = Vocabulary(
    "ConflictCodeScheme",
    "Scheme that a code of a conflict belongs to.",
    (
        Term("UCDP_CONFLICT", "UCDP conflict", "Uppsala Conflict Data Program conflict id."),
        Term("COW_WAR", "Correlates of War war", "Correlates of War war number."),
        Term("WIKIDATA", "Wikidata", "Item of Wikidata, such as Q1234."),
    ),
)

NAME_KINDS = Vocabulary(
    "NameKind",
    "Kind of name that an actor has beside its name in English.",
    (
        Term("ALIAS", "Alias", "Another name in use."),
        Term("FORMER", "Former name", "A name that the actor had and has no more."),
        Term("ACRONYM", "Acronym", "An abbreviation, such as NATO."),
        Term("NATIVE", "Native name", "The actor's own name for itself, in its own script."),
        Term(
            "TRANSLITERATION",
            "Transliteration",
            "A name written in another script than its own.",
        ),
    ),
)

SUCCESSION_KINDS = Vocabulary(
    "SuccessionKind",
    "How one actor follows another.",
    (
        Term("CONTINUES", "Continues", "The successor continues the predecessor's identity."),
        Term("SPLITS_FROM", "Splits from", "The successor was a part of the predecessor."),
        Term("MERGES_INTO", "Merges into", "The predecessor became a part of the successor."),
        Term("RENAMED", "Renamed", "The predecessor under another name."),
    ),
)

COVERAGE_ROLES = Vocabulary(
    "CoverageRole",
    "The role in which a data set looked at an actor.",
    (
        Term("AS_RECIPIENT", "As recipient", "It looked for support that the actor received."),
        Term("AS_SUPPORTER", "As supporter", "It looked for support that the actor gave."),
        Term("AS_EITHER", "As either", "It looked for support that the actor gave or received."),
    ),
)

MEMBERSHIP_RELATIONS = Vocabulary(
    "MembershipRelation",
    "How one actor belongs to another.",
    (
        Term("MEMBER", "Member", "The actor joined the other, or holds an office in it."),
        Term("PART", "Part", "The actor is an organ or a unit of the other."),
    ),
)

UNITS = Vocabulary(
    "Unit",
    "Unit of a quantity. Amounts of different units are never added together.",
    (
        Term("PERSONS", "Persons", "People."),
        Term("PIECES", "Pieces", "Items, counted individually."),
        Term("ROUNDS", "Rounds", "Shells, cartridges and other single rounds."),
        Term("TONNES", "Tonnes", "Metric tonnes (1,000 kg)."),
        Term("PER_CENT", "Per cent", "Percentage of the whole that the support's summary names."),
    ),
)

WORTH_UNITS = Vocabulary(
    "WorthUnit",
    "Unit of a worth. Amounts of different units or currencies are never added together.",
    (
        Term("CURRENCY", "Currency", "Money, in the currency that `currency` names."),
        Term(
            "TIV",
            "Trend-indicator value",
            "SIPRI's measure of the military capability of arms, in millions.",
        ),
    ),
)

# The number of the Admiralty code; 1 is the best. A GraphQL enum value can't be a digit, so the
# grade is an Int; the labels are for display.
CREDIBILITIES = Vocabulary(
    "Credibility",
    "Credibility of a statement: the number of the Admiralty code (NATO AJP-2.1).",
    (
        Term("1", "Confirmed", "Other sources independently say the same."),
        Term("2", "Probably true", "Consistent with other information; not confirmed."),
        Term("3", "Possibly true", "Reasonably consistent with other information; not confirmed."),
        Term("4", "Doubtful", "Possible, but nothing else supports it."),
        Term("5", "Improbable", "Contradicted by other information."),
        Term("6", "Truth cannot be judged", "No basis to judge the statement."),
    ),
)
