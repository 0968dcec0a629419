//! The closed vocabularies of the JSON contract: types, statuses, offices, acts. Each value has one kebab-case (acts:
//! upper-case) name, the one that JSON, RDF and the lexicon use.

/// Declares an enum whose values have one name each, with `as_str`, `ALL`, `FromStr`, `Display` and serde by that name.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in the order of the guidelines.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value's name in JSON, RDF and the lexicon.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownTerm;
            fn from_str(text: &str) -> Result<Self, UnknownTerm> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text).ok_or_else(|| UnknownTerm {
                    term: text.to_owned(),
                    nearest: nearest(text, Self::ALL.iter().map(|v| v.as_str())).map(str::to_owned),
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// A word that is in no vocabulary, with the nearest one that is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown term `{term}`{}", .nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
pub struct UnknownTerm {
    /// The word as written.
    pub term: String,
    /// The known word closest to it, where one is close.
    pub nearest: Option<String>,
}

/// The known word closest to `word` by edit distance, where at most a third of it (and at least one letter) differs.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    known
        .into_iter()
        // Words of other lengths differ by as much at least; comparing all of them with a long word would take long.
        .filter(|k| k.chars().count().abs_diff(length) <= limit)
        .map(|k| (strsim::damerau_levenshtein(&word.to_lowercase(), &k.to_lowercase()), k))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, k)| k)
}

vocabulary! {
    /// What kind of instrument or commitment an agreement is.
    AgreementType {
        /// Treaty or convention.
        Treaty = "treaty",
        /// Pact, accord, deal; the general case.
        Agreement = "agreement",
        /// Memorandum of understanding, letter of intent.
        Mou = "mou",
        /// Free trade agreement, CEPA, EPA.
        Fta = "fta",
        /// Strategic partnership and its upgrades, alliance.
        Partnership = "partnership",
        /// Joint statement, communiqué, declaration.
        Declaration = "declaration",
        /// Protocol.
        Protocol = "protocol",
        /// Sale or project contract between governments or their firms.
        Contract = "contract",
        /// Ceasefire, truce, peace accord, armistice.
        Ceasefire = "ceasefire",
        /// Loan, grant, swap line or aid package agreed by both.
        Loan = "loan",
        /// Action plan, roadmap, joint committee or mechanism.
        Plan = "plan",
        /// A joint commitment with no instrument named.
        Commitment = "commitment",
    }
}

vocabulary! {
    /// How far an agreement has come.
    AgreementStatus {
        /// Signed, concluded, initialled, exchanged.
        Signed = "signed",
        /// Agreed, reached, announced, launched, adopted jointly.
        Agreed = "agreed",
        /// Ratified, took effect, being carried out.
        InForce = "in-force",
        /// Talks under way, proposed, sought, discussed.
        Negotiating = "negotiating",
        /// Will be signed or agreed.
        Planned = "planned",
        /// Rejected, withdrawn from, suspended, expired, violated.
        Broken = "broken",
    }
}

vocabulary! {
    /// What kind of encounter.
    EncounterType {
        /// Talks, a summit between sides, a bilateral on the sidelines.
        Meeting = "meeting",
        /// A leader or delegation goes to a country.
        Visit = "visit",
        /// By phone or video.
        Call = "call",
        /// Multilateral summit, conference, ceremony, joint press conference.
        Gathering = "gathering",
    }
}

vocabulary! {
    /// Whether an encounter took place.
    EncounterStatus {
        /// It took place.
        Held = "held",
        /// It is taking place at publication.
        Ongoing = "ongoing",
        /// It is to take place.
        Planned = "planned",
        /// Cancelled, postponed, refused.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// The 16 PLOVER event types.
    ActType {
        /// Agree, promise, offer to cooperate.
        Agree = "AGREE",
        /// Meet, visit, talk.
        Consult = "CONSULT",
        /// Endorse, recognize, sign or ratify.
        Support = "SUPPORT",
        /// Yield, apologize, ease.
        Concede = "CONCEDE",
        /// Material cooperation.
        Cooperate = "COOPERATE",
        /// Give aid.
        Aid = "AID",
        /// Withdraw, release, carry out a ceasefire.
        Retreat = "RETREAT",
        /// Ask, urge, demand.
        Request = "REQUEST",
        /// Criticize, blame, condemn, allege.
        Accuse = "ACCUSE",
        /// Refuse, veto, defy.
        Reject = "REJECT",
        /// Threaten.
        Threaten = "THREATEN",
        /// Formal complaint, demonstration.
        Protest = "PROTEST",
        /// Sanctions, tariffs, expulsions, cut ties.
        Sanction = "SANCTION",
        /// Show of force, build-up.
        Mobilize = "MOBILIZE",
        /// Seize, arrest, blockade, cyber attack, deport.
        Coerce = "COERCE",
        /// Armed attack, kill.
        Assault = "ASSAULT",
    }
}

impl ActType {
    /// Whether the act is listed once for both directions (actor before recipient in alphabetical order).
    #[must_use]
    pub const fn is_mutual(self) -> bool {
        matches!(self, Self::Agree | Self::Consult | Self::Cooperate)
    }

    /// The quadrant of the type in PLOVER, which `ontology/acts.ttl` tells as well.
    #[must_use]
    pub const fn quad_class(self) -> QuadClass {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => QuadClass::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => QuadClass::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => QuadClass::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                QuadClass::MaterialConflict
            }
        }
    }
}

vocabulary! {
    /// The four quadrants of conflict and cooperation.
    QuadClass {
        /// Words of cooperation: agree, consult, support, concede.
        VerbalCooperation = "verbal-cooperation",
        /// Deeds of cooperation: cooperate, aid, retreat.
        MaterialCooperation = "material-cooperation",
        /// Words of conflict: request, accuse, reject, threaten.
        VerbalConflict = "verbal-conflict",
        /// Deeds of conflict: protest, sanction, mobilize, coerce, assault.
        MaterialConflict = "material-conflict",
    }
}

impl QuadClass {
    /// Whether it is one of the two classes of conflict.
    #[must_use]
    pub const fn is_conflict(self) -> bool {
        matches!(self, Self::VerbalConflict | Self::MaterialConflict)
    }
}

vocabulary! {
    /// The office in which a leader acts.
    Office {
        /// Head of state (an executive president too; a reigning monarch).
        HeadOfState = "head-of-state",
        /// Head of government.
        HeadOfGovernment = "head-of-government",
        /// Foreign minister, US Secretary of State.
        ForeignMinister = "foreign-minister",
        /// Defence minister.
        DefenceMinister = "defence-minister",
        /// Minister of trade, economy, finance.
        EconomyTradeMinister = "economy-trade-minister",
        /// Any other minister, deputy ministers too.
        OtherMinister = "other-minister",
        /// Ambassador, envoy, permanent representative.
        AmbassadorEnvoy = "ambassador-envoy",
        /// Spokesperson.
        Spokesperson = "spokesperson",
        /// Legislator acting abroad.
        Legislator = "legislator",
        /// General, commander.
        Military = "military",
        /// Royal who does not reign.
        Royal = "royal",
        /// Head of an intergovernmental organization.
        OrganizationHead = "organization-head",
        /// Left office before the publication date.
        Former = "former",
        /// Any other office (vice president, adviser, under secretary, central banker).
        Other = "other",
    }
}

vocabulary! {
    /// What a date rests on. The publication date is never silently an event's date.
    DateBasis {
        /// The text gives the date in full.
        Explicit = "explicit",
        /// Resolved from an expression such as "Sunday" against the publication date.
        Relative = "relative",
        /// Taken from the event that this one belongs to.
        Inherited = "inherited",
        /// Nothing but the publication date.
        Publication = "publication",
    }
}

/// The slugs of the sectors, in the order of the guidelines; `ontology/sectors.ttl` tells what each means.
pub const SECTORS: [&str; 22] = [
    "defence",
    "trade",
    "finance",
    "energy",
    "arms-control",
    "digital",
    "science-space",
    "agriculture",
    "health",
    "environment",
    "education-culture-sport",
    "people",
    "migration-labour",
    "transport-infrastructure",
    "crime-justice",
    "counter-terrorism",
    "aid",
    "human-rights",
    "territory",
    "politics",
    "peace",
    "industry-minerals",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_term_names_its_neighbour() {
        let error = "agreemnet".parse::<AgreementType>().unwrap_err();
        assert_eq!(error.to_string(), "unknown term `agreemnet`; did you mean `agreement`?");
        assert_eq!("zebra".parse::<ActType>().unwrap_err().nearest, None);
    }
}
