//! Laws: who is for and against them, what they rest on, where they hold, how they stand.

use async_graphql::{Context, ID, SimpleObject};

use super::citation::Citation;
use super::closed_set::Term;
use super::entity::listed;
use super::error::{ApiResult, or_null};
use super::filter::{EntityOrder, OwnFilter, OwnTest};
use super::handle::Pinned;
use super::kinds::{entity_object, entity_query};
use super::loaders::{EventsOf, load};
use super::scalar::PartialDate;
use super::stance::StanceSummary;
use super::{claim::Claim, jurisdiction::Jurisdiction, organization::Organization, study::Study, topic::Topic};
use crate::model::{self, Attributes, EntityKind, LawEventKind, LawStatus, LawType, Predicate};

entity_object! {
    /// A norm, a version of one, or a kind of norm (`POLICY_KIND`).
    Law

    positions {
        /// Organizations that are for it, by name. Each edge's statements say when, where and on whose word.
        supporters -> OrganizationConnection<Organization>: Supports In as Support;
        /// Organizations that are against it, by name.
        opponents -> OrganizationConnection<Organization>: Opposes In as Oppose;
        /// Organizations that said that they are neither for nor against it, by name. Nothing known is not neutral.
        neutrals -> OrganizationConnection<Organization>: NeutralOn In as Neutral;
    }

    relations {
        /// Claims among its stated reasons, by wording.
        rests_on -> ClaimConnection<Claim>: RestsOn Out;
        /// What it demands, by name.
        requires -> TopicConnection<Topic>: Requires Out;
        /// Studies that it refers to as evidence, by name.
        cites -> StudyConnection<Study>: Cites Out;
        /// Organizations that wrote it, by name.
        authored_by -> OrganizationConnection<Organization>: Authored In;
        /// Organizations that apply it, by name.
        administered_by -> OrganizationConnection<Organization>: Administers In;
        /// Organizations that enacted it, by name.
        enacted_by -> OrganizationConnection<Organization>: Enacted In;
        /// Laws that put it into law, by name.
        implementations -> LawConnection<Law>: Implements In;
        /// Laws that it puts into law, by name.
        implements -> LawConnection<Law>: Implements Out;
        /// Laws that it changes, by name.
        amends -> LawConnection<Law>: Amends Out;
        /// Laws that change it, by name.
        amended_by -> LawConnection<Law>: Amends In;
        /// Laws that it ends, by name.
        repeals -> LawConnection<Law>: Repeals Out;
        /// Laws that end it, by name.
        repealed_by -> LawConnection<Law>: Repeals In;
        /// The law that it is a version of, such as the bill of which it is a substitute; should sources name several, by
        /// name.
        version_of -> LawConnection<Law>: VersionOf Out;
        /// Its versions, by name. A position on one is no position on another.
        versions -> LawConnection<Law>: VersionOf In;
        /// Jurisdictions in which it holds or is meant to hold, by name.
        applies_in -> JurisdictionConnection<Jurisdiction>: AppliesIn Out;
    }

    computed {
        /// Organizations whose positions on it conflict; in the order of the root field `conflicts`.
        conflicts by about;
        /// Everything dated about it, earliest first: its events, and the dates of statements with it at either end.
        timeline;
    }

    fields {
        /// How organizations stand on it on a day, by the organization's name, then by aspect, the whole first; computed. Those of which no source states a position
        /// of their own up to that day, or that had given up their last, are not in the list; a member's word is not its
        /// organization's. `nUndatedPositions` tells how much is left out for want of a date where a day is asked for.
        async fn stances(
            &self,
            #[graphql(
                desc = "As it stands on the last day of this date, by the positions that are certain to have been taken by then; those given up before (`until`) make no stance, nor do those that came before them, and what no source dates does not count. Null: by the last position that each took, whenever that was and whatever became of it; unlike `supporters` and `opponents`, which without a day tell whoever was ever so."
            )]
            on: Option<PartialDate>,
            #[graphql(desc = "Only stances on this part of the law, by the topic's `id`; null: on all and on the whole.")]
            aspect: Option<ID>,
            #[graphql(desc = "Only the first so many, 0 or more; all when null.")] first: Option<i32>,
        ) -> ApiResult<Vec<StanceSummary>> {
            let day = on.map(|PartialDate(date)| date.last_day());
            StanceSummary::all(&self.0.pinned, self.0.pinned.stances_on(self.0.ix, day), aspect.as_ref(), first)
        }

        /// What sort of norm it is.
        #[graphql(name = "type")]
        async fn law_type(&self) -> Term<LawType> {
            match self.0.pinned.attributes(self.0.ix) {
                Attributes::Law(law) => Term(law.law_type),
                other => unreachable!("a law's handle leads to a {}", other.kind()),
            }
        }

        /// What happened to it, as sources say, in the order of days; what no source dates comes first.
        async fn events(&self, ctx: &Context<'_>) -> ApiResult<Vec<LawEvent>> {
            let events = self.recorded_events(ctx).await?;
            let mut events: Vec<_> = events.iter().collect();
            events.sort_by_key(|event| (event.certain_by(), event.kind));
            events.into_iter().map(|event| LawEvent::of(&self.0.pinned, event)).collect()
        }

        /// How it stands; computed from its events up to the day.
        async fn status(
            &self,
            ctx: &Context<'_>,
            #[graphql(
                desc = "Up to the last day of this date; events that no source dates then do not count. Null: as far as the sources tell, whenever that was."
            )]
            on: Option<PartialDate>,
        ) -> ApiResult<Term<LawStatus>> {
            let events = self.recorded_events(ctx).await?;
            let deciding = model::Law::deciding_event(&events, on.map(|PartialDate(date)| date.last_day()));
            Ok(Term(deciding.map_or(LawStatus::Unknown, |event| event.kind.status())))
        }

        /// The event that the status on the day rests on: the latest that is certain to have happened by then. Null
        /// when none is, and the status therefore UNKNOWN.
        async fn status_event(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "As in `status`, also what null means.")] on: Option<PartialDate>,
        ) -> Option<LawEvent> {
            let deciding = self.recorded_events(ctx).await.and_then(|events| {
                let deciding = model::Law::deciding_event(&events, on.map(|PartialDate(date)| date.last_day()));
                deciding.map(|event| LawEvent::of(&self.0.pinned, event)).transpose()
            });
            or_null(ctx, deciding)
        }
    }
}

impl Law {
    async fn recorded_events(&self, ctx: &Context<'_>) -> ApiResult<std::sync::Arc<Vec<model::LawEvent>>> {
        Ok(load(ctx, EventsOf(self.0.pinned.key(self.0.ix).slug)).await?.unwrap_or_default())
    }
}

/// Something that happened to a law.
#[derive(SimpleObject)]
pub(crate) struct LawEvent {
    /// What happened.
    kind: Term<LawEventKind>,
    /// When it happened; null when no source says.
    on: Option<PartialDate>,
    /// By when it had happened, where only that is known; it may have happened long before. Null where `on` is known, or
    /// nothing.
    as_of: Option<PartialDate>,
    /// What else there is to say, in our words; null when there is nothing.
    note: Option<String>,
    /// Who says so, by document and place. Never empty.
    citations: Vec<Citation>,
}

impl LawEvent {
    pub(crate) fn of(pinned: &Pinned, event: &model::LawEvent) -> ApiResult<Self> {
        Ok(Self {
            kind: Term(event.kind),
            on: event.on.map(PartialDate),
            as_of: event.as_of.map(PartialDate),
            note: event.note.clone(),
            citations: Citation::all_of(pinned, event.citations.as_slice())?,
        })
    }
}

entity_query! {
    LawQuery: law, laws -> Law, LawConnection by EntityOrder, "law", "laws"
    filter LawFilter {
        /// Of one of these types; null: of any. At most 100 by default.
        types: Option<Vec<Term<LawType>>>,
        /// That hold or are meant to hold in this jurisdiction, by its id; null: wherever.
        jurisdiction: Option<ID>,
    } => |given| {
        let types = listed(given.types);
        OwnFilter {
            attributes: types.map(|types| -> OwnTest {
                Box::new(move |attributes| matches!(attributes, Attributes::Law(it) if types.contains(&it.law_type)))
            }),
            joined: vec![(Predicate::AppliesIn, "jurisdiction", EntityKind::Jurisdiction, given.jurisdiction)],
            ..OwnFilter::default()
        }
    }
}
