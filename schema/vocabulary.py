"""The terms AllyGraph speaks in: one entry a term, data and no branches.

Everything that lists terms (GraphQL enums, OpenAPI, filters, the `under` operator, the tree of
kinds) is derived from here. Terms are stored as text, so a new one needs no migration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Term:
    """One word of a vocabulary.

    `code` is what is stored and asked for, `label` what a person reads, `parent` the code of the
    wider term, if the vocabulary is a tree.
    """

    code: str
    label: str
    description: str
    parent: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms, known to GraphQL as the enum `name`."""

    name: str
    description: str
    terms: tuple[Term, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code, in the order of the entries."""
        return tuple(term.code for term in self.terms)

    @cached_property
    def is_tree(self) -> bool:
        """Whether some term is narrower than another."""
        return any(term.parent for term in self.terms)

    def children(self, parent: str | None) -> tuple[Term, ...]:
        """The terms right below `parent`; below None, the roots."""
        return tuple(term for term in self.terms if term.parent == parent)

    def under(self, code: str) -> tuple[str, ...]:
        """`code` and every code below it, depth first."""
        return tuple(self._descend(code))

    def _descend(self, code: str) -> Iterator[str]:
        yield code
        for child in self.children(code):
            yield from self._descend(child.code)


SUPPORT_KINDS = Vocabulary(
    "SupportKind",
    "What a support consists of: a tree from the general to the particular.",
    (
        Term("ECONOMY", "Economy", "Help that keeps the recipient's economy going."),
        Term("FUNDING", "Funding", "Money given or lent.", "ECONOMY"),
        Term("TRADE", "Trade", "Goods bought or sold to the recipient's advantage.", "ECONOMY"),
        Term("ENERGY", "Energy", "Fuel, electricity, and what makes them.", "ECONOMY"),
        Term("MILITARY", "Military", "Help to wage war, of whatever kind."),
        Term("WEAPONS", "Weapons", "Arms of whatever type, and what they fire.", "MILITARY"),
        Term("DRONES", "Drones", "Uncrewed vehicles in the air, on land or at sea.", "WEAPONS"),
        Term("MISSILES", "Missiles", "Guided missiles and rockets.", "WEAPONS"),
        Term("AMMUNITION", "Ammunition", "Shells, rounds, mines and charges.", "WEAPONS"),
        Term("ARMOUR", "Armour", "Tanks and armoured vehicles.", "WEAPONS"),
        Term("ARTILLERY", "Artillery", "Guns, howitzers, mortars, rocket launchers.", "WEAPONS"),
        Term("AIR_DEFENCE", "Air defence", "Systems against aircraft and missiles.", "WEAPONS"),
        Term("AIRCRAFT", "Aircraft", "Crewed aeroplanes and helicopters.", "WEAPONS"),
        Term("NAVAL", "Naval", "Ships, boats and submarines.", "WEAPONS"),
        Term("SMALL_ARMS", "Small arms", "Arms one person or a small crew carries.", "WEAPONS"),
        Term("MATERIEL", "Materiel", "Equipment and supplies that are no weapons.", "MILITARY"),
        Term("TROOPS", "Troops", "Soldiers sent to fight or to serve.", "MILITARY"),
        Term("TRAINING", "Training", "Teaching the recipient's forces.", "MILITARY"),
        Term("INTELLIGENCE", "Intelligence", "Information on the adversary.", "MILITARY"),
        Term(
            "MILITARY_TECHNOLOGY",
            "Military technology",
            "Designs, licences and know-how for arms.",
            "MILITARY",
        ),
        Term(
            "TERRITORY_ACCESS",
            "Access to territory",
            "Bases, transit, sanctuary on the supporter's land.",
            "MILITARY",
        ),
        Term(
            "JOINT_OPERATIONS",
            "Joint operations",
            "Fighting or patrolling alongside the recipient.",
            "MILITARY",
        ),
        Term("HUMANITARIAN", "Humanitarian", "Food, shelter, medicine, care for civilians."),
        Term("DIPLOMATIC", "Diplomatic", "Words, votes and treaties."),
        Term("DEFENCE_PACT", "Defence pact", "A promise to defend each other.", "DIPLOMATIC"),
        Term("NEUTRALITY_PACT", "Neutrality pact", "A promise to stay out.", "DIPLOMATIC"),
        Term(
            "NON_AGGRESSION_PACT",
            "Non-aggression pact",
            "A promise not to attack each other.",
            "DIPLOMATIC",
        ),
        Term(
            "CONSULTATION_PACT",
            "Consultation pact",
            "A promise to consult in a crisis.",
            "DIPLOMATIC",
        ),
        Term("OTHER", "Other", "A kind of support that no entry here names."),
        Term("UNKNOWN", "Unknown", "Support of a kind that nobody has stated."),
    ),
)

SUPPORT_PHASES = Vocabulary(
    "SupportPhase",
    "How far a support has come. Two phases are never added together.",
    (
        Term("PREDICTED", "Predicted", "Somebody expects it."),
        Term("PLEDGED", "Pledged", "The supporter has promised it."),
        Term("AGREED", "Agreed", "Supporter and recipient have agreed on it."),
        Term("ALLOCATED", "Allocated", "It has been set aside for the recipient."),
        Term("DELIVERED", "Delivered", "The recipient has it."),
    ),
)

STANCES = Vocabulary(
    "Stance",
    "How a statement stands to a support.",
    (
        Term("ASSERTS", "Asserts", "The speaker says that it is so."),
        Term("DENIES", "Denies", "The speaker says that it is not so."),
        Term("QUESTIONS", "Questions", "The speaker doubts it."),
    ),
)

RELIABILITIES = Vocabulary(
    "Reliability",
    "How far a source can be relied on: the letter of the Admiralty code (NATO AJP-2.1).",
    (
        Term("A", "Completely reliable", "No doubt about the source."),
        Term("B", "Usually reliable", "Minor doubts; mostly valid in the past."),
        Term("C", "Fairly reliable", "Doubts; valid in the past at times."),
        Term("D", "Not usually reliable", "Significant doubts."),
        Term("E", "Unreliable", "No trust; invalid in the past."),
        Term("F", "Reliability cannot be judged", "No basis to judge the source."),
    ),
)

ACTOR_KINDS = Vocabulary(
    "ActorKind",
    "What sort of actor it is.",
    (
        Term("STATE", "State", "A state, recognised or not."),
        Term("ORGANISATION", "Organisation", "An alliance or another body of states or people."),
        Term("GOVERNMENT_BODY", "Government body", "A ministry, a service, an agency of a state."),
        Term("ARMED_GROUP", "Armed group", "An organised group under arms that is no state's."),
        Term("RESEARCH_INSTITUTE", "Research institute", "A think tank, a university, a project."),
        Term("NEWS_OUTLET", "News outlet", "A newspaper, an agency, a broadcaster."),
        Term("PERSON", "Person", "A human being."),
    ),
)

CODE_SCHEMES = Vocabulary(
    "CodeScheme",
    "Who gave a code to an actor.",
    (
        Term("ISO_3166_1_ALPHA_2", "ISO 3166-1 alpha-2", "Two letters, such as UA."),
        Term("ISO_3166_1_ALPHA_3", "ISO 3166-1 alpha-3", "Three letters, such as UKR."),
        Term("COW", "Correlates of War", "The Correlates of War country number."),
        Term("GLEDITSCH_WARD", "Gleditsch and Ward", "The Gleditsch-Ward state number."),
    ),
)

MEMBERSHIP_RELATIONS = Vocabulary(
    "MembershipRelation",
    "How one actor belongs to another.",
    (
        Term("MEMBER", "Member", "It joined the other, or holds an office in it."),
        Term("PART", "Part", "It is an organ or a unit of the other."),
    ),
)

UNITS = Vocabulary(
    "Unit",
    "What a quantity counts. Two units are never added together.",
    (
        Term("CURRENCY", "Currency", "Money, in the currency named beside it."),
        Term("PERSONS", "Persons", "People."),
        Term("PIECES", "Pieces", "Things counted one by one."),
        Term("ROUNDS", "Rounds", "Shells, cartridges and other single shots."),
        Term("TONNES", "Tonnes", "Thousands of kilograms."),
        Term("PER_CENT", "Per cent", "Hundredths of a whole that the support's summary names."),
    ),
)

# The number of the Admiralty code. GraphQL has no enum of digits, so the grade is an Int; the
# labels are for people. 1 is the best.
CREDIBILITIES = Vocabulary(
    "Credibility",
    "How credible a statement is: the number of the Admiralty code (NATO AJP-2.1).",
    (
        Term("1", "Confirmed", "Other sources independently say the same."),
        Term("2", "Probably true", "Fits what else is known; not confirmed."),
        Term("3", "Possibly true", "Reasonably fits; not confirmed."),
        Term("4", "Doubtful", "Possible, but nothing else supports it."),
        Term("5", "Improbable", "Contradicted by what else is known."),
        Term("6", "Truth cannot be judged", "No basis to judge the statement."),
    ),
)
