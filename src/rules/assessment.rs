//! The findings of a case: states, amounts and criteria.
//!
//! Every finding is worked out twice, as the tables are written and as if the last known rules went on. Where the end of
//! a rule makes the difference, the second is kept beside the first, clearly apart from it.

use tables::{Criterion, Date, PlaceId, QuestionId, Regulation, Source, Tables, Validity};

use super::{
    answers::Answers,
    case::{Case, Phase},
    condition::{self, decide},
    money::Range,
    time::{Horizon, InForce, in_force},
    truth::{Cause, Truth},
};

/// All that is told to one person on one day.
#[derive(Clone, PartialEq, Debug)]
pub struct Assessment {
    pub as_of: Date,
    pub phase: Phase,
    pub findings: Vec<Finding>,
}

/// What can be found; section 5 of the rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FindingId {
    /// What is paid for class and exam (C1, C2).
    CourseFee,
    /// What is paid back (S1 to S13).
    Subsidy,
    /// What is left in the end.
    NetCost,
}

impl FindingId {
    /// The id of the contract.
    pub const fn id(self) -> &'static str {
        match self {
            FindingId::CourseFee => "course-fee",
            FindingId::Subsidy => "subsidy",
            FindingId::NetCost => "net-cost",
        }
    }
}

/// One answer to one of the person's questions. What doesn't apply is absent.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub id: FindingId,
    pub state: Truth,
    pub criteria: Vec<Decided>,
    /// Yuan. For the subsidy what is paid if it is granted; absent where it is not met or not known.
    pub amount: Option<Range>,
    /// The subsidy's amount by the catalogue (S10).
    pub base: Option<Range>,
    /// What the shortage list adds (S11).
    pub uplift: Option<Range>,
    /// Where the subsidy can be claimed (S12).
    pub claim_at: Vec<PlaceId>,
    pub remarks: Vec<Remark>,
    /// The earliest end of a rule because of which this is not known.
    pub rules_known_until: Option<Date>,
    /// As if the last known rules went on; only where an end of a rule has an effect.
    pub indicative: Option<Indicative>,
}

/// A finding as if the last known rules went on.
#[derive(Clone, PartialEq, Debug)]
pub struct Indicative {
    pub state: Truth,
    pub criteria: Vec<Decided>,
    pub amount: Option<Range>,
    pub base: Option<Range>,
    pub uplift: Option<Range>,
}

/// A criterion with its state and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Decided {
    pub criterion: &'static Criterion,
    pub source: &'static Source,
    pub validity: Validity,
    pub state: Truth,
    /// Counts for the finding's state; false where it only changes an amount (C1, C2, S11).
    pub decides: bool,
}

impl PartialEq for Decided {
    fn eq(&self, other: &Decided) -> bool {
        (self.criterion.id, self.source.id, self.validity, self.state)
            == (other.criterion.id, other.source.id, other.validity, other.state)
    }
}

/// Something to say beside the criteria.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remark {
    /// A birthday before the claim would change the criterion of age (S1).
    BirthdayMatters,
}

/// Finds everything for somebody who considers a class.
pub fn assess(tables: &'static Tables, answers: &Answers, as_of: Date) -> Assessment {
    let written = Case::enrol(tables, answers, as_of, Horizon::AsWritten);
    let mut findings = find(&written);
    if findings.iter().any(|finding| finding.rules_known_until.is_some()) {
        let last_known = find(&Case::enrol(tables, answers, as_of, Horizon::LastKnown));
        for (finding, Finding { state, criteria, amount, base, uplift, .. }) in findings.iter_mut().zip(last_known) {
            finding.indicative =
                finding.rules_known_until.map(|_| Indicative { state, criteria, amount, base, uplift });
        }
    }
    Assessment { as_of, phase: written.phase, findings }
}

/// Whether the answer to an open question could still change a finding.
pub fn could_change(tables: &'static Tables, answers: &Answers, as_of: Date, question: QuestionId) -> bool {
    [Horizon::AsWritten, Horizon::LastKnown].into_iter().any(|horizon| {
        let case = Case::enrol(tables, answers, as_of, horizon);
        let open = |criterion: &Criterion| condition::could_change(&criterion.when, &case, question);
        let fee = case.course.is_some_and(|course| open(&course.member));
        fee || subsidy_could_change(&case, question)
    })
}

fn subsidy_could_change(case: &Case<'static>, question: QuestionId) -> bool {
    let rules = regulations(case);
    if subsidy(case).state == Truth::NotMet {
        return false;
    }
    rules.blocks.iter().any(|regulation| {
        let conditions = regulation.criteria.iter().map(|one| &one.when);
        let conditions =
            conditions.chain([&regulation.uplift.when]).chain(regulation.places.iter().map(|one| &one.when));
        conditions.into_iter().any(|when| condition::could_change(when, case, question))
    })
}

fn find(case: &Case<'static>) -> Vec<Finding> {
    let fee = course_fee(case);
    let subsidy = subsidy(case);
    let net = net_cost(&fee, &subsidy);
    vec![fee, subsidy, net]
}

/// C1 and C2. A past class stays past, whatever the horizon: its old fee is all there is to say.
fn course_fee(case: &Case<'static>) -> Finding {
    let no_rules = Truth::Unknown(Cause::NoRulesForDate);
    let mut finding = Finding::new(FindingId::CourseFee, no_rules);
    let Some(course) = case.course else { return finding };
    let over = case.phase == Phase::Past && case.horizon == Horizon::AsWritten;
    let holds = |state| if over || case.phase == Phase::Before { no_rules } else { state };

    let member = decide(&course.member.when, case);
    let full = course.training_fee.0.saturating_add(course.exam_fee.0);
    if case.phase != Phase::Before {
        finding.amount = Some(match member {
            Truth::Met => Range::exactly(course.member_fee.0),
            Truth::NotMet => Range::exactly(full),
            Truth::Unknown(_) => Range::between(course.member_fee.0, full),
        });
    }
    // The fee is decided as soon as it is known which of the two it is.
    finding.state = holds(if member.is_unknown() { member } else { Truth::Met });
    let stands = decide(&course.fee.when, case);
    for (criterion, state) in [(&course.fee, stands), (&course.member, member)] {
        let (source, validity) = (course.source, course.validity);
        finding.criteria.push(Decided { criterion, source, validity, state: holds(state), decides: false });
    }
    finding.rules_known_until = if over { course.validity.to } else { None };
    finding
}

fn regulations(case: &Case<'static>) -> InForce<'static, Regulation> {
    in_force(case.tables.subsidies, |one| one.validity, case.claim, case.horizon)
}

fn subsidy(case: &Case<'static>) -> Finding {
    let mut finding = Finding::new(FindingId::Subsidy, Truth::Met);
    let rules = regulations(case);
    // What people are shown where no block is sure to hold: the last one there is.
    let Some(shown) = rules.blocks.last().or(case.tables.subsidies.last()) else { return finding };

    for criterion in shown.criteria {
        let state = rules.decide(case.claim, |regulation| {
            let same = regulation.criteria.iter().find(|one| one.id == criterion.id);
            same.map_or(Truth::Met, |one| decide(&one.when, case))
        });
        finding.state = finding.state.and(state);
        finding.criteria.push(Decided {
            criterion,
            source: shown.source,
            validity: shown.validity,
            state,
            decides: true,
        });
    }

    let lists = in_force(case.tables.shortages, |one| one.validity, case.certificate, case.horizon);
    let raised = rules.decide(case.claim, |one| decide(&one.uplift.when, case));
    let raised =
        if lists.gap { raised.agreed(Truth::Unknown(Cause::NoRulesForDate), Cause::NoRulesForDate) } else { raised };
    let list = lists.blocks.last().or(case.tables.shortages.last());
    let (source, validity) = list.map_or((shown.source, shown.validity), |list| (list.source, list.validity));
    finding.criteria.push(Decided { criterion: &shown.uplift, source, validity, state: raised, decides: false });
    finding.rules_known_until = [rules.ended, lists.ended].into_iter().flatten().min();

    let place = |id| shown.places.iter().find(|one| one.id == id).map_or(Truth::NotMet, |one| decide(&one.when, case));
    finding.claim_at = PlaceId::ALL.iter().copied().filter(|id| place(*id) == Truth::Met).collect();

    let grows = case.a_year_older().is_some_and(|older| {
        let changes = |one: &Criterion| decide(&one.when, &older) != decide(&one.when, case);
        shown.criteria.iter().any(changes)
    });
    if grows {
        finding.remarks.push(Remark::BirthdayMatters);
    }

    if finding.state != Truth::NotMet {
        finding.base = base(case);
        finding.uplift = finding.base.map(|base| {
            // A certificate below the level of the uplift never gets it, nor does a claim in another city.
            let never = decide(&shown.uplift.when, &case.level_only()) == Truth::NotMet
                || place(PlaceId::Zhuhai) == Truth::NotMet;
            let share = base.share(list.map(|list| list.uplift.0).unwrap_or_default());
            match raised {
                Truth::Met if !never => share,
                Truth::Unknown(_) if !never => share.around(Range::ZERO),
                _ => Range::ZERO,
            }
        });
        finding.amount = finding.base.zip(finding.uplift).map(|(base, uplift)| base.plus(uplift));
    }
    finding
}

/// S10. None: the certificate may be from before the first catalogue we have.
fn base(case: &Case) -> Option<Range> {
    let catalogues = in_force(case.tables.catalogues, |one| one.validity, case.certificate, Horizon::LastKnown);
    if catalogues.gap {
        return None;
    }
    let at = usize::from(5_u8.saturating_sub(case.level));
    let amounts = catalogues.blocks.iter().map(|catalogue| {
        let row = catalogue.rows.iter().find(|row| row.occupation == case.occupation);
        row.and_then(|row| row.amounts.get(at)).map(|amount| Range::exactly(amount.0))
    });
    amounts.reduce(|one, other| Some(one?.around(other?))).flatten()
}

/// Fee less subsidy: paid first, got back later.
fn net_cost(fee: &Finding, subsidy: &Finding) -> Finding {
    let decided = |finding: &Finding| if finding.state == Truth::NotMet { Truth::Met } else { finding.state };
    let mut finding = Finding::new(FindingId::NetCost, decided(fee).and(decided(subsidy)));
    finding.amount = match (fee.amount, subsidy.state, subsidy.amount) {
        (Some(fee), Truth::NotMet, _) => Some(fee),
        (Some(fee), Truth::Met, Some(back)) => Some(fee.less(back)),
        (Some(fee), Truth::Unknown(_), Some(back)) => Some(Range { min: fee.less(back).min, max: fee.max }),
        _ => None,
    };
    finding.rules_known_until = [fee.rules_known_until, subsidy.rules_known_until].into_iter().flatten().min();
    finding
}

impl Finding {
    fn new(id: FindingId, state: Truth) -> Finding {
        Finding {
            id,
            state,
            criteria: Vec::new(),
            amount: None,
            base: None,
            uplift: None,
            claim_at: Vec::new(),
            remarks: Vec::new(),
            rules_known_until: None,
            indicative: None,
        }
    }
}

impl Assessment {
    pub fn finding(&self, id: FindingId) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }
}
