//! The six kinds of entity.

use super::parts::{EVENT, IDENTIFIER, MENTION, NOTICE};
use super::{Choice, Field, NAME_CHARS_MAX, NOTHING, Need, PROSE_CHARS_MAX, Presence, Record, RecordKind, Shape};
use crate::model::{EntityKind, JurisdictionType, LawType, OrganizationType, StudyDesign, StudyStatus};

const SLUG: Field = Field::required("slug", Shape::Slug, "Unique within its kind, and never changed: it is the id.");
const NAME: Field = Field::required("name", Shape::Line(NAME_CHARS_MAX), "What people call it.");
const SUMMARY: Field = Field::optional("summary", Shape::Prose(PROSE_CHARS_MAX), "A few sentences in our own words.");
const ALIASES: Field =
    Field::optional("aliases", Shape::List(&Shape::Line(NAME_CHARS_MAX)), "Other names and spellings, each once.");
const IDENTIFIERS: Field = Field::optional(
    "identifiers",
    Shape::List(&Shape::Part(&IDENTIFIER)),
    "Names that registers gave it: DOI, PMID, bill number …",
);
const TOPICS: Field = Field::optional(
    "topics",
    Shape::List(&Shape::SlugOf(Some(EntityKind::Topic))),
    "What it is about: slugs of topics. Each stands for a statement with ABOUT that rests on this record's mentions \
     with direction SUPPORTS or MENTIONS.",
);
const MENTIONS: Field = Field::optional(
    "mentions",
    Shape::List(&Shape::Part(&MENTION)),
    "Where documents speak of it. Of a claim: SUPPORTS where the document itself states it, DISPUTES where it denies \
     it, MENTIONS where it only speaks of it.",
);
const TOPICS_NEED_MENTIONS: Need =
    Need { key: "topics", needed: "mentions", why: "a topic is a statement, and rests on the record's mentions" };
const NAME_IS_MEANT: &[(&str, &str)] = &[("title", "name"), ("wording", "name")];

pub(super) const ORGANIZATION: Record = Record {
    name: "organization",
    kind: RecordKind::Entity(EntityKind::Organization),
    doc: "A body that can take a position or do research, or a collective voice.",
    fields: &[
        SLUG,
        Field::required(
            "type",
            Shape::Choice(Choice::of::<OrganizationType>("type of organization")),
            "What sort of body it is. COLLECTIVE is a voice that a source gives to many at once (\"critics\").",
        ),
        NAME,
        SUMMARY,
        ALIASES,
        IDENTIFIERS,
        TOPICS,
        MENTIONS,
    ],
    needs: &[TOPICS_NEED_MENTIONS],
    instead: NAME_IS_MEANT,
    ..NOTHING
};

pub(super) const STUDY: Record = Record {
    name: "study",
    kind: RecordKind::Entity(EntityKind::Study),
    doc: "A piece of research, or a class of research that a source speaks of.",
    fields: &[
        SLUG,
        Field::required(
            "design",
            Shape::Choice(Choice::of::<StudyDesign>("study design")),
            "How the research was done. UNSPECIFIED where the source does not say.",
        ),
        NAME,
        Field::or(
            "status",
            Shape::Choice(Choice::of::<StudyStatus>("study status")),
            Presence::DefaultText("UNSPECIFIED"),
            "How far it has come.",
        ),
        Field::optional("year", Shape::Year, "The year of publication."),
        Field::or(
            "identified",
            Shape::Flag,
            Presence::DefaultFlag(true),
            "Whether a source names it so that it can be looked up; false for \"surveys\" or \"case reports\".",
        ),
        Field::optional(
            "notices",
            Shape::List(&Shape::Part(&NOTICE)),
            "Retractions, expressions of concern and corrections.",
        ),
        SUMMARY,
        ALIASES,
        IDENTIFIERS,
        TOPICS,
        MENTIONS,
    ],
    needs: &[TOPICS_NEED_MENTIONS],
    instead: NAME_IS_MEANT,
    ..NOTHING
};

pub(super) const LAW: Record = Record {
    name: "law",
    kind: RecordKind::Entity(EntityKind::Law),
    doc: "A norm or a kind of norm: act, bill, regulation, scheduling, recommendation, policy.",
    fields: &[
        SLUG,
        Field::required(
            "type",
            Shape::Choice(Choice::of::<LawType>("type of law")),
            "What sort of norm it is. MODEL_ACT is a text offered to legislatures; POLICY_KIND a kind of norm spoken of \
             in general (\"state bans\").",
        ),
        NAME,
        Field::optional(
            "events",
            Shape::List(&Shape::Part(&EVENT)),
            "What happened to it. Its status on a day is computed from these.",
        ),
        SUMMARY,
        ALIASES,
        IDENTIFIERS,
        TOPICS,
        MENTIONS,
    ],
    needs: &[TOPICS_NEED_MENTIONS],
    instead: NAME_IS_MEANT,
    ..NOTHING
};

pub(super) const CLAIM: Record = Record {
    name: "claim",
    kind: RecordKind::Entity(EntityKind::Claim),
    doc: "One assertion in one fixed wording.",
    fields: &[
        SLUG,
        Field::required(
            "wording",
            Shape::Line(NAME_CHARS_MAX),
            "The assertion as one sentence. Whoever asserts, disputes, backs or contradicts the claim does so relative \
             to these words.",
        ),
        SUMMARY,
        ALIASES,
        IDENTIFIERS,
        TOPICS,
        MENTIONS,
    ],
    needs: &[TOPICS_NEED_MENTIONS],
    instead: &[("name", "wording"), ("title", "wording"), ("text", "wording")],
    ..NOTHING
};

pub(super) const JURISDICTION: Record = Record {
    name: "jurisdiction",
    kind: RecordKind::Entity(EntityKind::Jurisdiction),
    doc: "A territory or a body of states within which a law holds.",
    fields: &[
        SLUG,
        Field::required(
            "type",
            Shape::Choice(Choice::of::<JurisdictionType>("type of jurisdiction")),
            "What sort of territory it is.",
        ),
        NAME,
        Field::optional(
            "parent",
            Shape::SlugOf(Some(EntityKind::Jurisdiction)),
            "The jurisdiction that it is a part of: its slug.",
        ),
        SUMMARY,
        ALIASES,
        IDENTIFIERS,
        TOPICS,
        MENTIONS,
    ],
    needs: &[TOPICS_NEED_MENTIONS],
    instead: NAME_IS_MEANT,
    ..NOTHING
};

pub(super) const TOPIC: Record = Record {
    name: "topic",
    kind: RecordKind::Entity(EntityKind::Topic),
    doc: "A subject matter, or an aspect under which something is seen.",
    fields: &[SLUG, NAME, SUMMARY, ALIASES, IDENTIFIERS, TOPICS, MENTIONS],
    needs: &[TOPICS_NEED_MENTIONS],
    instead: NAME_IS_MEANT,
    ..NOTHING
};
