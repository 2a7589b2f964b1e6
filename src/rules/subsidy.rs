//! The subsidy (S): whether it is paid, how much, until when and where.

use core::slice;

use rust_decimal::Decimal;
use tables::{
    Catalogue, City, CityAt, Criterion, Date, Forecast, Level, OccupationAt, OccupationTable, Place, QuestionId,
    Regulation, ShortageList, Source, Tables, Validity,
};

use super::{
    answers::Answer,
    condition::{self, Decision, Evaluate, decide, evaluate},
    course::earliest,
    finding::{Amount, Deadline, DecidedCriterion, Finding, FindingId, NoAmount, Remark},
    money::Range,
    question_set::QuestionSet,
    situation::{Goal, Situation},
    time::{Days, Horizon, InForce, in_force, known_until},
    truth::{Truth, Value},
};

/// What a forecast assumes to be met, besides criteria.
const ASSUMED_MET: [&str; 2] = ["may-sit", "exam-passed"];

/// The blocks of the tables that may be in force.
struct Rules {
    regulations: InForce<'static, Regulation>,
    catalogues: InForce<'static, Catalogue>,
    /// The regulation to show: the last one that may be in force, otherwise the last known one.
    shown: &'static Regulation,
}

/// A city with its shortage lists that may be in force.
struct CityLists {
    at: CityAt,
    city: &'static City,
    days: Days,
    lists: InForce<'static, ShortageList>,
}

/// Decides the subsidy: every criterion and the deadline and, unless a criterion is not met, amounts and places.
pub fn subsidy(situation: &Situation<'static>) -> Finding {
    let mut finding = Finding::new(FindingId::Subsidy, Truth::Met);
    let Some(rules) = Rules::of(situation) else { return finding };
    let shown = rules.shown;
    finding.regulation = Some(shown);
    finding.criteria = Vec::with_capacity(shown.criteria.len().saturating_add(2));
    for (criterion, state) in rules.decided::<Truth>(situation) {
        finding.state = finding.state.and(state);
        let (source, validity) = (shown.source, Some(shown.validity));
        finding.criteria.push(DecidedCriterion { criterion, source, validity, state, decides: true });
    }
    finding.criteria.extend(rules.amount_criteria(situation).map(|(criterion, source, validity, state)| {
        DecidedCriterion { criterion, source, validity: Some(validity), state, decides: false }
    }));
    if situation.goal == Goal::Enrol {
        let taken = shown.criteria.iter().filter(|one| one.forecast != Forecast::Decided).map(|one| one.id);
        finding.provided_that = taken.chain(ASSUMED_MET).collect();
    }
    finding.rules_known_until = rules.known_until(situation);
    finding.deadline = deadline(situation, shown).filter(|_| !rules.regulations.gap);
    if birthday_would_change_it(situation, shown) {
        finding.remarks.push(Remark::BirthdayMatters);
    }
    if finding.state != Truth::NotMet {
        let certain = rules.places::<Truth>(situation).filter(|(_, state)| *state == Truth::Met);
        finding.claim_at = certain.map(|(place, _)| place).collect();
        finding.no_amount = rules.no_amount(situation).collect();
        let sums = if finding.no_amount.is_empty() { rules.sums(situation) } else { None };
        finding.base = Some(sums.map(|sums| sums.base));
        finding.uplift = Some(sums.map(|sums| sums.uplift));
        finding.amount = Some(sums.map(|sums| sums.both));
    }
    finding
}

/// Returns the last day that is covered by regulations without a gap from that day on. If none is in force on that
/// day, returns the end of the last one before. None if no end is known.
pub fn regulations_end(tables: &Tables, as_of: Date) -> Option<Date> {
    known_until(tables.subsidies, |one| one.validity, as_of)
}

/// Returns the questions whose answers could still change the state, the amounts, the deadline or the places, by the
/// rules as written or as if the last known ones were extended.
pub fn open(situation: &Situation<'static>) -> QuestionSet {
    let Some(rules) = Rules::of(situation) else { return QuestionSet::NONE };
    let open = rules.open(situation);
    if rules.known_until(situation).is_none() {
        return open;
    }
    let then = Situation { horizon: Horizon::LastKnown, ..*situation };
    Rules::of(&then).map_or(open, |rules| open.with(rules.open(&then)))
}

/// Whether a forecast assumes this criterion to be met. A person without a certificate can't be asked about it.
fn is_assumed_met(situation: &Situation, criterion: &Criterion) -> bool {
    situation.goal == Goal::Enrol && criterion.forecast == Forecast::AssumedMet
}

/// Returns the deadline of the claim, if the certificate date is known and the person already has the certificate.
fn deadline(situation: &Situation, shown: &Regulation) -> Option<Deadline> {
    let Some(Answer::Date(day)) = situation.answers.get(QuestionId::CERTIFICATE_DATE) else { return None };
    if situation.goal == Goal::Enrol {
        return None;
    }
    Deadline::after(day, shown.months_to_claim()?)
}

/// Whether a birthday before the claim would change a criterion. S1 uses the age on the as-of date, but the claim
/// is later.
fn birthday_would_change_it(situation: &Situation<'static>, shown: &Regulation) -> bool {
    situation.goal == Goal::Enrol
        && situation.a_year_older().is_some_and(|older| {
            let about_age = shown.criteria.iter().filter(|one| condition::names(&one.when, QuestionId::AGE));
            about_age.map(|one| &one.when).any(|when| decide(when, &older) != decide(when, situation))
        })
}

/// The base amount, the uplift, and their sum, in yuan.
#[derive(Clone, Copy)]
struct Sums {
    base: Range,
    uplift: Range,
    both: Range,
}

impl Rules {
    /// Finds the blocks that may be in force on the claim date and the certificate date. None if there is no
    /// regulation.
    fn of(situation: &Situation<'static>) -> Option<Rules> {
        let regulations = in_force(situation.tables.subsidies, |one| one.validity, situation.claim, situation.horizon);
        let shown = regulations.blocks.last().or(situation.tables.subsidies.last())?;
        let (certificate, horizon) = (situation.certificate, situation.horizon);
        let catalogues = in_force(situation.tables.catalogues, |one| one.validity, certificate, horizon);
        Some(Rules { regulations, catalogues, shown })
    }

    /// Returns the earliest end of a rule that makes the finding uncertain.
    fn known_until(&self, situation: &Situation<'static>) -> Option<Date> {
        let lists = self.cities(situation).filter_map(|city| city.lists.ended).min();
        earliest([self.regulations.ended, self.catalogues.ended, lists])
    }

    /// Returns the questions whose answers could still change the finding by these rules.
    fn open(&self, situation: &Situation<'static>) -> QuestionSet {
        let states = self.decided::<Decision>(situation).map(|(_, state)| state);
        let state = states.fold(Decision::from(Truth::Met), Decision::and);
        if state.truth() == Truth::NotMet {
            return QuestionSet::NONE;
        }
        let mut open = state.open();
        if self.may_know_amounts(situation) {
            open = open.with(self.amount_criteria::<Decision>(situation).map(|(.., state)| state.open()).collect());
        }
        // A place is shown only if it is certain. After the end of a rule, only the extended rules ask about places; if
        // they refuse, nothing is asked about places.
        if situation.horizon == Horizon::LastKnown || self.known_until(situation).is_none() {
            open = open.with(self.places::<Decision>(situation).map(|(_, state)| state.open_to_meet()).collect());
        }
        // The deadline follows from the certificate date while a regulation is in force.
        let date = QuestionId::CERTIFICATE_DATE;
        if situation.goal == Goal::Claim && !self.regulations.gap && situation.answers.get(date).is_none() {
            open = open.with(QuestionSet::of(date));
        }
        open
    }

    /// Returns every criterion that counts, with its state. The finding's state is their conjunction.
    fn decided<V: Evaluate>(&self, situation: &Situation<'static>) -> impl Iterator<Item = (&'static Criterion, V)> {
        let criteria = self.shown.criteria.iter().filter(|one| !is_assumed_met(situation, one));
        criteria.map(|criterion| (criterion, self.state(situation, criterion)))
    }

    /// Decides a criterion by all regulations that may be in force. In a forecast, a partly assumed criterion
    /// doesn't depend on them.
    fn state<V: Evaluate>(&self, situation: &Situation<'static>, criterion: &Criterion) -> V {
        if situation.goal == Goal::Enrol && criterion.forecast == Forecast::PartlyAssumedMet {
            return evaluate(&criterion.when, situation);
        }
        self.regulations.decide(situation.claim, |regulation| {
            condition::with_same_id(criterion, regulation.criteria)
                .map_or(V::from(Truth::Met), |one| evaluate(&one.when, situation))
        })
    }

    /// Returns S10 and S11, each with source, validity and state. They change the amount, but never whether it is
    /// paid.
    fn amount_criteria<V: Evaluate>(
        &self,
        situation: &Situation<'static>,
    ) -> impl Iterator<Item = (&'static Criterion, &'static Source, Validity, V)> {
        let base = self.catalogues.blocks.last().or(situation.tables.catalogues.last()).map(|shown| {
            // If the certificate date is open, the condition itself gives the cause.
            let state = match situation.certificate.asked {
                true => evaluate(&shown.amount.when, situation),
                false => self.catalogues.decide(situation.certificate, |one| evaluate(&one.amount.when, situation)),
            };
            (&shown.amount, shown.source, shown.validity, state)
        });
        [base, self.uplift_criterion(situation)].into_iter().flatten()
    }

    /// Returns the cities where the person may claim, or all of them if there is none.
    fn cities(&self, situation: &Situation<'static>) -> impl Iterator<Item = CityLists> {
        (0..).zip(situation.tables.cities).filter_map(|(at, city)| self.city(at, city, situation))
    }

    /// Returns a city with its lists, if it is one of `cities`. Not inlined, because that would cost the page a thousand
    /// bytes.
    #[inline(never)]
    fn city(&self, at: CityAt, city: &'static City, situation: &Situation<'static>) -> Option<CityLists> {
        let all = situation.tables.cities;
        let may_claim = |city: &City| {
            let mut places = self.shown.places.iter().filter(|place| place.id == city.place);
            places.any(|place| decide(&place.when, situation) != Truth::NotMet)
        };
        // With one city it makes no difference.
        if 1 < all.len() && !may_claim(city) && all.iter().any(may_claim) {
            return None;
        }
        let days = situation.list_days(city);
        let lists = in_force(city.lists, |one| one.validity, days, situation.horizon);
        Some(CityLists { at, city, days, lists })
    }

    /// Returns S11 with source, validity and state. Any city is enough, and its list is the one that is named.
    fn uplift_criterion<V: Evaluate>(
        &self,
        situation: &Situation<'static>,
    ) -> Option<(&'static Criterion, &'static Source, Validity, V)> {
        let states = self.cities(situation).filter_map(|city| {
            let list = city.known().last()?;
            Some((list, self.uplift_in::<V>(&city, situation)))
        });
        let (list, state) = states.reduce(|(first, all), (list, state)| {
            let decides = all.truth() != Truth::Met && state.truth() == Truth::Met;
            (if decides { list } else { first }, all.or(state))
        })?;
        Some((&self.shown.uplift, list.source, list.validity, state))
    }

    /// Decides S11 for one city. It depends on the regulation and on the city's list, and either may have ended.
    fn uplift_in<V: Evaluate>(&self, city: &CityLists, situation: &Situation<'static>) -> V {
        let there;
        // Without other cities nothing has to be left out.
        let situation = if situation.tables.cities.len() < 2 {
            situation
        } else {
            there = Situation { city: Some(city.at), ..*situation };
            &there
        };
        self.regulations.decide(situation.claim, |regulation| {
            city.lists.decide(city.days, |_| evaluate(&regulation.uplift.when, situation))
        })
    }

    /// Returns every place, and whether the subsidy can be claimed there.
    fn places<V: Evaluate>(&self, situation: &Situation<'static>) -> impl Iterator<Item = (&'static Place, V)> {
        self.shown.places.iter().map(|place| (place, evaluate(&place.when, situation)))
    }

    /// Returns why no amount is known. Empty if an amount is known.
    fn no_amount(&self, situation: &Situation<'static>) -> impl Iterator<Item = NoAmount> {
        let catalogue = match (self.catalogues.blocks, situation.certificate.asked) {
            ([], _) => Some(NoAmount::NoCatalogue),
            _ if !self.catalogues.gap => None,
            (_, true) => Some(NoAmount::Open(QuestionId::CERTIFICATE_DATE)),
            (_, false) => Some(NoAmount::NoCatalogue),
        };
        let row = match situation.answers.get(QuestionId::CERTIFICATE_OCCUPATION) {
            Some(Answer::Choice(at)) if self.catalogues.blocks.iter().all(|one| one.has(at)) => None,
            Some(Answer::Choice(_)) => Some(NoAmount::NoRow),
            _ => Some(NoAmount::Open(QuestionId::CERTIFICATE_OCCUPATION)),
        };
        [self.regulations.gap.then_some(NoAmount::NoRegulation), catalogue, row].into_iter().flatten()
    }

    /// Whether answers to open questions may still give an amount.
    fn may_know_amounts(&self, situation: &Situation<'static>) -> bool {
        let can_be_said = |why| matches!(why, NoAmount::Open(question) if situation.answers.get(question).is_none());
        self.no_amount(situation).all(can_be_said)
    }

    /// Returns the smallest and the largest amounts over all unknown answers. None if no amount is known.
    fn sums(&self, situation: &Situation<'static>) -> Option<Sums> {
        let Some(Answer::Choice(occupation)) = situation.answers.get(QuestionId::CERTIFICATE_OCCUPATION) else {
            return None;
        };
        let level = situation.level();
        let mut sums: Option<Sums> = None;
        for level in level.as_ref().map_or(Level::ALL, slice::from_ref) {
            let other;
            let situation = if situation.level().is_some() {
                situation
            } else {
                other = situation.with_level(*level);
                // A level that a criterion refuses is left out: the amount is what is paid if the claim is granted.
                if self.decided::<Truth>(&other).any(|(_, state)| state == Truth::NotMet) {
                    continue;
                }
                &other
            };
            let share = self.share(situation);
            for catalogue in self.catalogues.blocks {
                let base = base(catalogue, occupation, *level)?;
                let uplift = Range { min: base.share(share.min).min, max: base.share(share.max).max };
                let one = Sums { base, uplift, both: base.plus(uplift) };
                sums = Some(match sums {
                    None => one,
                    Some(all) => Sums {
                        base: all.base.union(one.base),
                        uplift: all.uplift.union(one.uplift),
                        both: all.both.union(one.both),
                    },
                });
            }
        }
        sums
    }

    /// Returns the share of the base that S11 adds, between 0 and the largest uplift. If S11 is met in several cities,
    /// any of them may be the one of the claim.
    fn share(&self, situation: &Situation<'static>) -> Range {
        let mut state = Truth::NotMet;
        let mut share: Option<Range> = None;
        for city in self.cities(situation) {
            let there = self.uplift_in::<Truth>(&city, situation);
            state = state.or(there);
            if there != Truth::NotMet {
                let one = self.full_share(&city);
                share = Some(share.map_or(one, |all| all.union(one)));
            }
        }
        // The uplift never applies to a level below its own, whatever else is unknown.
        let never = || decide(&self.shown.uplift.when, &situation.only(QuestionId::CERTIFICATE_LEVEL)) == Truth::NotMet;
        match (state, share) {
            (Truth::Met, Some(full)) => full,
            (Truth::Unknown(_), Some(full)) if !never() => full.union(Range::ZERO),
            _ => Range::ZERO,
        }
    }

    /// Returns the share that is added in a city if S11 is met. If neither regulation nor list names it, anything up to
    /// what the regulation allows.
    fn full_share(&self, city: &CityLists) -> Range {
        let regulations = match self.regulations.blocks {
            [] => slice::from_ref(self.shown),
            blocks => blocks,
        };
        let pairs = city.known().iter().flat_map(|list| regulations.iter().map(move |regulation| (regulation, list)));
        let shares = pairs.map(|(regulation, list)| match regulation.uplift_by(list) {
            Some(share) => Range::exactly(share.0),
            None => Range::between(Decimal::ZERO, regulation.uplift_share.most().0),
        });
        shares.reduce(Range::union).unwrap_or(Range::ZERO)
    }
}

impl CityLists {
    /// Returns the lists that may be in force. If there is none, the last known one, which tells the largest share.
    fn known(&self) -> &'static [ShortageList] {
        match (self.lists.blocks, self.city.lists) {
            ([], [.., last]) => slice::from_ref(last),
            (blocks, _) => blocks,
        }
    }
}

/// Returns the base amount (S10). An occupation without a row is unknown, because the rows are only an excerpt of
/// the catalogue.
fn base(catalogue: &Catalogue, occupation: OccupationAt, level: Level) -> Amount {
    let row = catalogue.rows.iter().find(|row| row.occupation == occupation)?;
    Some(Range::exactly(level.of(&row.amounts).0))
}
