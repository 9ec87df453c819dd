//! A world of any size that is the same on every machine: a seed in, [`Facts`] out.
//!
//! Degrees follow a power law, as those of real networks do: few entities are in nearly everybody's mouth, most are
//! named once or twice. The entities of a kind have ranks, and each end of a statement is an entity in proportion to one
//! over its rank: a random graph of given expected degrees (Chung and Lu 2002), these given by Zipf's law. The number of
//! entities with k statements then falls as k to the power −2; of the entities of a kind, n in number, the first has a
//! share of 1/(ln n + 0.58) in all that is said of that kind.
//!
//! Only whole numbers are used, drawn from a `ChaCha8` stream whose values its authors have fixed, so that nothing
//! depends on a machine's floating-point functions.

mod chance;
mod words;

use std::collections::HashSet;

use grounds::graph::{EntityFacts, Facts, StatementFacts};
use grounds::model::{
    Attributes, Basis, Certainty, Citation, CitationDirection, Citations, Claim, Document, EntityKey, EntityKind,
    Jurisdiction, JurisdictionType, Law, LawType, Organization, OrganizationType, PartialDate, Predicate, Qualifiers,
    Slug, Statement, StatementId, Study, StudyDesign, StudyStatus, Topic, Venue, Voice,
};
use strum::VariantArray as _;

use chance::{Chance, Crowd};

/// Of a thousand entities so many are of each kind.
const KINDS: [(EntityKind, usize); 6] = [
    (EntityKind::Claim, 300),
    (EntityKind::Study, 250),
    (EntityKind::Organization, 200),
    (EntityKind::Law, 150),
    (EntityKind::Topic, 70),
    (EntityKind::Jurisdiction, 30),
];

/// Of a thousand statements so many have each predicate.
const PREDICATES: [(Predicate, u32); 34] = [
    (Predicate::Backs, 120),
    (Predicate::Asserts, 110),
    (Predicate::Supports, 90),
    (Predicate::Cites, 90),
    (Predicate::Opposes, 60),
    (Predicate::Contradicts, 45),
    (Predicate::Disputes, 40),
    (Predicate::Qualifies, 35),
    (Predicate::Conducted, 35),
    (Predicate::About, 34),
    (Predicate::Published, 30),
    (Predicate::RestsOn, 25),
    (Predicate::Funded, 20),
    (Predicate::Requires, 20),
    (Predicate::MemberOf, 20),
    (Predicate::WorksWith, 20),
    (Predicate::AppliesIn, 20),
    (Predicate::OperatesIn, 20),
    (Predicate::NeutralOn, 15),
    (Predicate::VersionOf, 15),
    (Predicate::InTensionWith, 15),
    (Predicate::Authored, 12),
    (Predicate::Enacted, 12),
    (Predicate::Implements, 12),
    (Predicate::Amends, 12),
    (Predicate::Narrows, 12),
    (Predicate::Regulates, 12),
    (Predicate::Administers, 10),
    (Predicate::Entails, 10),
    (Predicate::PartOf, 8),
    (Predicate::Represents, 8),
    (Predicate::Negates, 6),
    (Predicate::Repeals, 4),
    (Predicate::LocatedIn, 3),
];

/// The predicates that lead to the one of two entities that has the better rank, so that they never run in a circle.
const TO_BETTER_RANKS: [Predicate; 8] = [
    Predicate::Implements,
    Predicate::Amends,
    Predicate::Repeals,
    Predicate::VersionOf,
    Predicate::Narrows,
    Predicate::Entails,
    Predicate::PartOf,
    Predicate::LocatedIn,
];

/// Of a hundred statements so many repeat the ends of an earlier one, on another day or to the contrary.
const PERCENT_PARALLEL: u32 = 5;

/// Ends that are joined already are drawn again, so many times at most: else the few whom all know would be joined with
/// each other a thousand times over.
const N_TRIES: u32 = 3;

/// An entity: its kind and its place in [`World::keys`].
type Place = (EntityKind, u32);

/// The two ends of a statement and what joins them.
type Ends = (Place, Predicate, Place);

/// What has been made so far.
struct World {
    chance: Chance,
    /// By kind.
    crowds: Vec<Crowd>,
    /// By kind, then by rank.
    keys: Vec<Vec<EntityKey>>,
    sources: Crowd,
    documents: Vec<Slug>,
    /// Of each statement, in the order of their making.
    ends: Vec<Ends>,
    pairs: HashSet<(Place, Place)>,
    ids: HashSet<StatementId>,
    facts: Facts,
}

/// The world of this seed with so many entities, at least 24, and so many statements.
pub(crate) fn facts(seed: u64, n_entities: usize, n_statements: usize) -> Facts {
    assert!(n_entities >= 24, "a world of {n_entities} entities has no room for all six kinds");
    let mut world = World::empty(seed, n_entities);
    for _ in 0..n_statements {
        // A statement that has been made already is none: another one is drawn.
        while !world.state() {}
    }
    for _ in 0..n_entities / 2 {
        world.mention();
    }
    world.facts
}

impl World {
    /// All entities and documents, and no statement.
    fn empty(seed: u64, n_entities: usize) -> Self {
        let mut world = Self {
            chance: Chance::new(seed),
            crowds: EntityKind::VARIANTS.iter().map(|_| Crowd::default()).collect(),
            keys: EntityKind::VARIANTS.iter().map(|_| Vec::new()).collect(),
            sources: Crowd::default(),
            documents: Vec::new(),
            ends: Vec::new(),
            pairs: HashSet::new(),
            ids: HashSet::new(),
            facts: Facts { revision: 1, ..Facts::default() },
        };
        let mut n_left = n_entities;
        for (kind, per_thousand) in KINDS.into_iter().rev() {
            let is_last = kind == KINDS[0].0;
            let n = if is_last { n_left } else { (n_entities * per_thousand / 1000).max(2) };
            n_left -= n;
            world.crowds[kind as usize] = Crowd::of(n);
            for i in 0..n {
                world.enter(kind, i);
            }
        }
        let n_documents = (n_entities / 50).max(3);
        world.sources = Crowd::of(n_documents);
        for i in 0..n_documents {
            world.publish(i);
        }
        world
    }

    /// The `i`th entity of its kind.
    fn enter(&mut self, kind: EntityKind, i: usize) {
        let name = words::name(kind, i, &mut self.chance);
        let key = EntityKey { kind, slug: slug(&name) };
        let chance = &mut self.chance;
        let attributes = match kind {
            EntityKind::Organization => {
                Attributes::Organization(Organization { organization_type: chance.any(OrganizationType::VARIANTS) })
            }
            EntityKind::Study => Attributes::Study(Study {
                design: chance.any(StudyDesign::VARIANTS),
                status: chance.any(StudyStatus::VARIANTS),
                year: chance.percent(80).then(|| 1990 + i16::try_from(chance.below(37)).expect("below 37")),
                identified: chance.percent(90),
            }),
            EntityKind::Law => Attributes::Law(Law { law_type: chance.any(LawType::VARIANTS) }),
            EntityKind::Claim => Attributes::Claim(Claim),
            EntityKind::Jurisdiction => {
                let others = &self.keys[kind as usize];
                let parent = (i > 0 && chance.percent(90)).then(|| chance.one_of(others).slug.clone());
                Attributes::Jurisdiction(Jurisdiction {
                    jurisdiction_type: chance.any(JurisdictionType::VARIANTS),
                    parent,
                })
            }
            EntityKind::Topic => Attributes::Topic(Topic),
        };
        if kind == EntityKind::Study && chance.percent(2) {
            self.facts.retracted.push(key.slug.clone());
        }
        self.keys[kind as usize].push(key.clone());
        self.facts.entities.push(EntityFacts { key, name, attributes });
    }

    /// The `i`th document.
    fn publish(&mut self, i: usize) {
        let title = format!("Report {i}");
        let document = Document {
            slug: slug(&title),
            title,
            publisher: self.chance.percent(60).then(|| format!("Press {}", self.chance.below(20))),
            published_on: self.date(),
            origin: (i > 0 && self.chance.percent(20)).then(|| self.chance.one_of(&self.documents).clone()),
            url: None,
            sha256: None,
            file: None,
            interest: None,
            provenance: None,
        };
        self.documents.push(document.slug.clone());
        self.facts.documents.push(document);
    }

    /// Makes a statement; `false` when it has been made before.
    fn state(&mut self) -> bool {
        let ends = self.ends();
        let (subject, predicate, object) = ends;
        let key = |(kind, i): Place| self.keys[kind as usize][i as usize].clone();
        let (subject, object) = (key(subject), key(object));
        let qualifiers = self.qualifiers(predicate);
        let n_citations = self.chance.weighted(&[60, 22, 10, 5, 3]) + 1;
        let mut sources: Vec<_> = (0..n_citations).map(|_| self.sources.draw(&mut self.chance)).collect();
        sources.sort_unstable();
        sources.dedup();
        let n_citations = u32::try_from(sources.len()).expect("at most five");
        let slug_of = |source: &u32| self.documents[*source as usize].clone();
        let citation = |source| Citation {
            document: slug_of(source),
            locator: None,
            quote: None,
            direction: CitationDirection::Supports,
            verification: None,
        };
        let citations = Citations::new(sources.iter().map(citation).collect()).expect("there is at least one");
        let statement = Statement { subject, predicate, object, qualifiers, citations };
        let id = statement.id();
        if !self.ids.insert(id) {
            return false;
        }
        self.facts.cited_by.extend(sources.iter().map(|source| (slug_of(source), id)));
        self.ends.push(ends);
        self.pairs.insert((ends.0, ends.2));
        let Statement { subject, predicate, object, qualifiers, .. } = statement;
        self.facts.statements.push(StatementFacts {
            id,
            subject,
            predicate,
            object,
            aspect: qualifiers.aspect,
            on: qualifiers.on,
            from: qualifiers.from,
            until: qualifiers.until,
            basis: qualifiers.basis,
            certainty: qualifiers.certainty,
            venue: qualifiers.venue,
            voice: qualifiers.voice,
            is_conditional: qualifiers.condition.is_some(),
            n_citations,
        });
        true
    }

    fn ends(&mut self) -> Ends {
        let chance = &mut self.chance;
        if !self.ends.is_empty() && chance.percent(PERCENT_PARALLEL) {
            let (subject, predicate, object) = *chance.one_of(&self.ends);
            let contrary = predicate.row().opposite.filter(|_| chance.percent(30));
            return (subject, contrary.unwrap_or(predicate), object);
        }
        let predicate = PREDICATES[chance.weighted(&PREDICATES.map(|(_, weight)| weight))].0;
        let row = predicate.row();
        let (from, to) = (*chance.one_of(row.subjects), *chance.one_of(row.objects));
        let mut n_tries = 0;
        loop {
            let mut subject = (from, self.crowds[from as usize].draw(chance));
            let mut object = (to, self.crowds[to as usize].draw(chance));
            if TO_BETTER_RANKS.contains(&predicate) && subject < object {
                std::mem::swap(&mut subject, &mut object);
            }
            n_tries += 1;
            let is_new = !self.pairs.contains(&(subject, object));
            // Nothing is said of an entity and itself.
            if subject != object && (is_new || n_tries >= N_TRIES) {
                return (subject, predicate, object);
            }
        }
    }

    fn qualifiers(&mut self, predicate: Predicate) -> Qualifiers {
        use Predicate::{Asserts, Disputes, NeutralOn, Opposes, Supports};
        let is_said = [Supports, Opposes, NeutralOn, Asserts, Disputes].contains(&predicate);
        let topic = self.crowds[EntityKind::Topic as usize].draw(&mut self.chance);
        let topic = &self.keys[EntityKind::Topic as usize][topic as usize].slug;
        let aspect = (is_said && self.chance.percent(15)).then(|| topic.clone());
        let on = self.date();
        let chance = &mut self.chance;
        let from = (!is_said && chance.percent(10)).then(|| 1990 + chance.below(30));
        let until = from.filter(|_| chance.percent(40)).map(|from| from + chance.below(8));
        let year = |year: u32| date(&year.to_string());
        Qualifiers {
            aspect,
            on,
            from: from.map(year),
            until: until.map(year),
            condition: (is_said && chance.percent(5)).then(|| "if amended".to_owned()),
            venue: (is_said && chance.percent(50)).then(|| chance.any(Venue::VARIANTS)),
            voice: (is_said && chance.percent(40)).then(|| chance.any(Voice::VARIANTS)),
            basis: if chance.percent(20) { Basis::Inferred } else { Basis::Stated },
            certainty: match chance.weighted(&[55, 30, 6, 2, 7]) {
                4 => None,
                i => Some(Certainty::VARIANTS[i]),
            },
            note: None,
        }
    }

    /// A day, a month or a year, or none, from 2000 to 2026.
    fn date(&mut self) -> Option<PartialDate> {
        let chance = &mut self.chance;
        let (year, month, day) = (2000 + chance.below(27), 1 + chance.below(12), 1 + chance.below(28));
        match chance.weighted(&[50, 20, 15, 15]) {
            0 => Some(date(&format!("{year}-{month:02}-{day:02}"))),
            1 => Some(date(&format!("{year}-{month:02}"))),
            2 => Some(date(&year.to_string())),
            _ => None,
        }
    }

    /// Has a document speak of an entity.
    fn mention(&mut self) {
        let kind = self.chance.any(EntityKind::VARIANTS);
        let entity = self.crowds[kind as usize].draw(&mut self.chance);
        let source = self.sources.draw(&mut self.chance);
        let direction = self.chance.any(CitationDirection::VARIANTS);
        let key = self.keys[kind as usize][entity as usize].clone();
        self.facts.mentioned_by.push((self.documents[source as usize].clone(), key, direction));
    }
}

fn slug(name: &str) -> Slug {
    Slug::parse(&name.to_lowercase().replace(' ', "-")).expect("names are words and numbers")
}

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).expect("every month has 28 days")
}
