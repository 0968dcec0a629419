//! The terms of the graph: `ent:` as the ontology declares them, the few terms of other vocabularies, the named graphs.

use oxigraph::model::{NamedNode, NamedNodeRef};

macro_rules! terms {
    ($namespace:literal, $($name:ident = $local:literal,)+) => {
        $(
            #[doc = concat!("`", $local, "` of `", $namespace, "`.")]
            pub const $name: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));
        )+
    };
}

/// Our own terms; a test holds them against `ontology/entente.ttl`.
pub mod ent {
    use super::NamedNodeRef;

    terms! {
        "https://w3id.org/entente/ontology#",
        CLASS_ACCOUNT = "Account",
        CLASS_PASSAGE = "Passage",
        CLASS_AGENT = "Agent",
        CLASS_PARTY = "Party",
        CLASS_ARTICLE = "Article",
        CLASS_CLAIM = "Claim",
        CLASS_APPEARANCE = "Appearance",
        CLASS_EVENT = "Event",
        CLASS_AGREEMENT = "Agreement",
        CLASS_ENCOUNTER = "Encounter",
        CLASS_ACT = "Act",
        CLASS_TIE = "Tie",
        CLASS_DYAD = "Dyad",
        CLASS_COUNTRY = "Country",
        CLASS_ORGANIZATION = "Organization",
        CLASS_LEADER = "Leader",
        CLASS_SECTOR = "Sector",
        CLASS_ACT_TYPE = "ActType",
        CLASS_RUN = "Run",
        CLASS_DECISION = "Decision",
        CLASS_MARK = "Mark",
        CLASS_ASSERTION = "Assertion",
        CLASS_STEP = "Step",
        ARTICLE_ID = "articleId",
        TITLE = "title",
        PUBLISHED = "published",
        SOURCE = "source",
        URL = "url",
        LANGUAGE = "language",
        SHA256 = "sha256",
        RUN = "run",
        MENTIONS = "mentions",
        ASSERTS = "asserts",
        START = "start",
        END = "end",
        QUOTE = "quote",
        RULE = "rule",
        ATTRIBUTED_TO = "attributedTo",
        FACT = "fact",
        BUCKET = "bucket",
        ABOUT = "about",
        APPEARS = "appears",
        NAME = "name",
        WIKIDATA = "wikidata",
        EVENT_TYPE = "eventType",
        STATUS = "status",
        PARTY = "party",
        ACTOR = "actor",
        RECIPIENT = "recipient",
        PARTICIPANT = "participant",
        SIGNATORY = "signatory",
        TOPIC = "topic",
        SECTOR = "sector",
        PLACE = "place",
        DATE = "date",
        EARLIEST = "earliest",
        LATEST = "latest",
        ALSO_DATED = "alsoDated",
        ALSO_TYPED = "alsoTyped",
        ALSO_PLACED = "alsoPlaced",
        ALSO_NAMED = "alsoNamed",
        STEP = "step",
        REACHED = "reached",
        REACHED_ON = "reachedOn",
        TOLD_IN = "toldIn",
        PRODUCED = "produced",
        DECIDED_BY = "decidedBy",
        REJECTED_BY = "rejectedBy",
        WORDS = "words",
        DATE_BASIS = "dateBasis",
        BACKGROUND = "background",
        CONFIDENCE = "confidence",
        REPORTED_IN = "reportedIn",
        ARTICLE_COUNT = "articleCount",
        SHARED_BY = "sharedBy",
        STAGE_COUNT = "stageCount",
        PARTY_COUNT = "partyCount",
        IN_AGREEMENT = "inAgreement",
        IN_ENCOUNTER = "inEncounter",
        IN_ACT = "inAct",
        DYAD = "dyad",
        ACT_TYPE = "actType",
        QUAD_CLASS = "quadClass",
        SIGNED = "signed",
        AGREED_TO = "agreedTo",
        PARTY_TO = "partyTo",
        ATTENDED = "attended",
        MET_WITH = "metWith",
        SPOKE_WITH = "spokeWith",
        VISITED = "visited",
        TIE = "tie",
        FROM = "from",
        TO = "to",
        TIE_KIND = "tieKind",
        DIRECTED = "directed",
        COUNT = "count",
        AGREEMENT_COUNT = "agreementCount",
        ENCOUNTER_COUNT = "encounterCount",
        COOPERATION_COUNT = "cooperationCount",
        VERBAL_CONFLICT_COUNT = "verbalConflictCount",
        MATERIAL_CONFLICT_COUNT = "materialConflictCount",
        BASED_ON = "basedOn",
        FIRST_DATE = "firstDate",
        LAST_DATE = "lastDate",
        MEMBER = "member",
        CODE = "code",
        ISO2 = "iso2",
        ISO_NUMERIC = "isoNumeric",
        COW = "cow",
        GW = "gw",
        REGION = "region",
        SUCCESSOR = "successor",
        SINCE = "since",
        UNTIL = "until",
        MEMBER_OF = "memberOf",
        REPRESENTS = "represents",
        OFFICE = "office",
        OFFICE_TITLE = "officeTitle",
        LEARNED = "learned",
        LEADER_NAME = "leaderName",
        PARTY_NAME = "partyName",
        SCORE = "score",
        CAMEO = "cameo",
        VERSION = "version",
        KNOWLEDGE = "knowledge",
        SETTINGS = "settings",
        FORMAT_VERSION = "formatVersion",
        REFERENCE_HASH = "referenceHash",
        STORED = "stored",
        PENDING = "pending",
        DECIDES = "decides",
        TARGET = "target",
        KEEPS = "keeps",
        GIVES = "gives",
        NEW_NAME = "newName",
        MARKS = "marks",
        BY = "by",
        WHY = "why",
        AT = "at",
        RECORD = "record",
    }
}

/// The named graphs that every store has; each article has one more, see [`article`](graphs::article).
pub mod graphs {
    use super::{NamedNode, NamedNodeRef};

    terms! {
        "https://w3id.org/entente/graph/",
        EVENTS = "events",
        TIES = "ties",
        REFERENCE = "reference",
        RUNS = "runs",
        CURATION = "curation",
        STORE = "store",
    }

    /// The graph of one article, by the hash of its id.
    #[must_use]
    pub fn article(hash: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://w3id.org/entente/graph/article/{hash}"))
    }
}

/// Web Annotation.
pub mod oa {
    use super::NamedNodeRef;

    terms! { "http://www.w3.org/ns/oa#", HAS_SOURCE = "hasSource", }
}

/// W3C Organization Ontology.
pub mod org {
    use super::NamedNodeRef;

    terms! {
        "http://www.w3.org/ns/org#",
        MEMBERSHIP = "Membership",
        MEMBER = "member",
        ORGANIZATION = "organization",
    }
}

/// OWL.
pub mod owl {
    use super::NamedNodeRef;

    terms! { "http://www.w3.org/2002/07/owl#", SAME_AS = "sameAs", }
}

/// schema.org.
pub mod schema {
    use super::NamedNodeRef;

    terms! { "https://schema.org/", SAME_AS = "sameAs", }
}

/// PROV-O.
pub mod prov {
    use super::NamedNodeRef;

    terms! {
        "http://www.w3.org/ns/prov#",
        ACTIVITY = "Activity",
        STARTED_AT_TIME = "startedAtTime",
        WAS_INFORMED_BY = "wasInformedBy",
    }
}
