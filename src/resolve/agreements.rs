//! Agreement candidates of one article → agreements, each once, with their sectors.

use super::drafts::{AgreementDraft, Told, When};
use super::sectors::SectorIndex;
use super::when;
use crate::extract::candidates::{AgreementCandidate, Features};
use crate::extract::factuality::Reality;
use crate::extract::mentions::PartyMention;
use crate::extract::scene::Scene;
use crate::knowledge::vocab::{AgreementStatus, AgreementType};
use chrono::NaiveDate;
use compact_str::{CompactString, format_compact};
use std::collections::{BTreeMap, BTreeSet};

/// Merges the candidates that tell of one agreement.
pub(super) fn merge(
    scene: &Scene<'_>,
    candidates: &[AgreementCandidate],
    sectors: &SectorIndex,
    published: Option<NaiveDate>,
) -> Vec<AgreementDraft> {
    let mut clusters: Vec<Vec<Worded<'_>>> = Vec::new();
    // "memorandums on digital cooperation, logistics and shipping": what cooperates there is one of the subjects.
    let listed: BTreeSet<usize> =
        candidates.iter().filter(|c| c.features.contains("one-of-several")).map(|c| c.source.sent).collect();
    let subject = |c: &&AgreementCandidate| {
        listed.contains(&c.source.sent) && c.features.contains("frame=cooperate") && c.features.contains("pos=noun")
    };
    // Instruments first: a commitment read from the same clause joins them.
    let (instruments, commitments): (Vec<_>, Vec<_>) =
        candidates.iter().filter(|c| !subject(c)).partition(|c| c.kind != AgreementType::Commitment);
    let names = names(scene);
    for c in instruments.into_iter().chain(commitments).map(|c| Worded::new(c, &names)) {
        let best =
            (0..clusters.len()).filter_map(|k| affinity(&clusters[k], &c).map(|a| (a, std::cmp::Reverse(k)))).max();
        match best {
            Some((_, std::cmp::Reverse(k))) => clusters[k].push(c),
            None => clusters.push(vec![c]),
        }
    }
    let clusters: Vec<Vec<&AgreementCandidate>> =
        clusters.iter().map(|members| members.iter().map(|c| c.told).collect()).collect();
    let around = if clusters.is_empty() { Surroundings::default() } else { Surroundings::new(scene, sectors) };
    let mut drafts: Vec<AgreementDraft> = clusters
        .iter()
        .map(|c| {
            // Another agreement of the same sentence may be what its other words tell of.
            let crowded = clusters
                .iter()
                .filter(|o| !std::ptr::eq(*o, c))
                .any(|o| o.iter().any(|m| c.iter().any(|n| m.source.sent == n.source.sent)));
            draft(scene, c, sectors, &around, crowded, published)
        })
        .collect();
    drafts.sort_by_key(|d| d.sources.first().map(|s| (s.sent, s.tok)));
    for k in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(k);
        let d = &mut rest[0];
        let same = before.iter().filter(|o| o.parties == d.parties).count();
        d.whole.put(format_args!("nth={}", same.min(5)));
        let kind = before.iter().filter(|o| o.parties == d.parties && o.kind == d.kind).count();
        d.whole.put(format_args!("nth-of-kind={}+{}", d.kind, kind.min(3)));
    }
    drafts.sort_by_key(|d| d.sources.first().map(|s| (s.sent, s.tok)));
    drafts
}

/// A candidate with what is compared for each pair of them.
struct Worded<'c> {
    told: &'c AgreementCandidate,
    words: BTreeSet<&'c str>,
    /// Numbers in its topic that may be years.
    numbers: BTreeSet<&'c str>,
}

impl<'c> Worded<'c> {
    fn new(told: &'c AgreementCandidate, names: &BTreeSet<String>) -> Self {
        let numbers = told.topic.split(|c: char| !c.is_ascii_digit()).filter(|w| w.len() == 4).collect();
        // "the Oman-Kenya dialogue" and "the Oman-Kenya alliance" have no word in common that tells what they are.
        let words = content(told).into_iter().filter(|w| !names.contains(*w)).collect();
        Self { told, words, numbers }
    }
}

/// The words by which the article names its parties.
fn names(scene: &Scene<'_>) -> BTreeSet<String> {
    let tokens = |m: &PartyMention| {
        let sentence = &scene.doc.sentences[m.sent];
        let last = m.last.min(sentence.tokens.len().saturating_sub(1));
        sentence.tokens[m.first.min(last)..=last].iter().map(|t| t.lemma.to_lowercase().to_string()).collect::<Vec<_>>()
    };
    scene.parties.iter().flat_map(tokens).collect()
}

/// Words that tell agreements apart: not the instrument's own name, not function words.
fn content(c: &AgreementCandidate) -> BTreeSet<&str> {
    c.words[..c.own_words].iter().map(CompactString::as_str).filter(|w| w.len() > 2 && !STOP.contains(w)).collect()
}

const STOP: [&str; 57] = [
    "the",
    "and",
    "for",
    "with",
    "between",
    "from",
    "its",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "new",
    "both",
    "cooperation",
    "agreement",
    "deal",
    "pact",
    "memorandum",
    "memoranda",
    "memorandums",
    "mous",
    "understanding",
    "treaty",
    "accord",
    "joint",
    "bilateral",
    "country",
    "that",
    "this",
    "their",
    "our",
    "framework",
    "arrangement",
    "mou",
    "partnership",
    "declaration",
    "statement",
    "agree",
    "commit",
    "strengthen",
    "deepen",
    "expand",
    "enhance",
    "continue",
    "work",
    "together",
    "co-operation",
    "commitment",
    "further",
    "program",
];

/// How many there are: "five memoranda", "10 MOUs".
fn counted(c: &AgreementCandidate) -> Option<usize> {
    const WORDS: [&str; 11] =
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let word = c.words[..c.own_words].first()?;
    let spelled = WORDS.iter().position(|w| w == word).map(|n| n + 2);
    spelled.or_else(|| word.parse().ok().filter(|n| (2..200).contains(n)))
}

fn affinity(cluster: &[Worded<'_>], worded: &Worded<'_>) -> Option<u32> {
    let (first, c) = (cluster.first()?.told, worded.told);
    if first.parties != c.parties {
        return None;
    }
    if let (Some(a), Some(b)) = (counted(first), counted(c))
        && a != b
    {
        return None;
    }
    // "an agreement that took effect in 2006" is not the one signed in 2022.
    let year = |c: &AgreementCandidate| c.date.as_ref().map(|d| d.past.year);
    if let Some(mine) = year(c)
        && cluster.iter().filter_map(|m| year(m.told)).any(|theirs| theirs.abs_diff(mine) > 1)
    {
        return None;
    }
    let several = |c: &AgreementCandidate| c.features.contains("one-of-several");
    if several(first) && several(c) && first.source.sent == c.source.sent {
        return None;
    }
    // A headline tells again what the first sentences tell.
    let told = |c: &AgreementCandidate| {
        let governed = !c.features.contains("governed=mention") && c.kind != AgreementType::Commitment;
        (governed && c.reality == Reality::Held).then_some(c.status)
    };
    let retold = |m: &AgreementCandidate| {
        let (a, b) = (m.source.sent.min(c.source.sent), m.source.sent.max(c.source.sent));
        a == 0 && (1..=2).contains(&b) && told(m).is_some() && told(m) == told(c) && !several(m) && !several(c)
    };
    let same_clause = cluster.iter().any(|m| m.told.source.sent == c.source.sent);
    let mine = &worded.words;
    let mut best = None;
    for Worded { told: m, words: theirs, numbers: a } in cluster {
        let b = &worded.numbers;
        if !a.is_empty() && !b.is_empty() && a != b {
            return None;
        }
        let shared = mine.intersection(theirs).count();
        let same_kind = m.kind == c.kind;
        // "the agreement", "this pact" point back; "issued a declaration" tells of one of its own.
        let points_back =
            |c: &AgreementCandidate| c.features.contains("definite") || c.features.contains("governed=mention");
        let either_bare = mine.is_empty() && (points_back(c) || points_back(m) || theirs.is_empty())
            || theirs.is_empty() && (points_back(m) || points_back(c));
        let plain = |k: AgreementType| k == AgreementType::Agreement;
        let apart = !same_kind && !plain(m.kind) && !plain(c.kind) && told(m).is_some() && told(c).is_some();
        let commitment = c.kind == AgreementType::Commitment;
        // "agreed to deepen ties and expand trade": one undertaking, whatever its words.
        let undertaken = |c: &AgreementCandidate| c.kind == AgreementType::Commitment;
        let together = m.source.sent == c.source.sent && m.root == c.root && undertaken(m) && undertaken(c);
        let headline = |c: &AgreementCandidate| c.features.contains("headline-statement");
        if headline(m) != headline(c) && m.kind != c.kind {
            continue;
        }
        let fits = if together {
            true
        } else if m.source.sent == c.source.sent {
            // One clause, one commitment; two instruments of a clause are two.
            (commitment || m.kind == AgreementType::Commitment)
                && (shared > 0 || !several(m) && !several(c))
                && (shared > 0 || m.source.tok.abs_diff(c.source.tok) < 8)
                || (same_kind && shared > 0 && shared * 2 >= mine.len().min(theirs.len()))
        } else if commitment || m.kind == AgreementType::Commitment {
            // What one side alone says it will do is not what both have agreed elsewhere.
            let alone = |c: &AgreementCandidate| c.source.rule.contains("one-sided") || c.source.rule.ends_with("/aid");
            alone(c) == alone(m) && shared >= 2
                || (shared == 1 && alone(c) == alone(m) && mine.len().min(theirs.len()) <= 2)
        } else {
            retold(m)
                || !apart && shared > 0 && (same_kind || shared * 2 >= mine.len().min(theirs.len()))
                || (either_bare
                    && !apart
                    && (m.source.sent.abs_diff(c.source.sent) <= 3 || c.features.contains("definite"))
                    && m.features.contains("plural") == c.features.contains("plural")
                    && (same_kind || m.kind == AgreementType::Agreement || c.kind == AgreementType::Agreement))
        };
        if fits {
            let score = u32::try_from(shared).unwrap_or(0) * 2 + u32::from(same_kind) + u32::from(same_clause);
            best = best.max(Some(score));
        }
    }
    best
}

/// Which sectors each sentence of the article signals, and how often all of them do.
#[derive(Default)]
struct Surroundings {
    sentences: Vec<BTreeMap<String, usize>>,
    article: BTreeMap<String, usize>,
}

impl Surroundings {
    fn new(scene: &Scene<'_>, index: &SectorIndex) -> Self {
        let mut out = Self::default();
        for sent in &scene.doc.sentences {
            let words: Vec<CompactString> = sent.tokens.iter().map(|t| t.lemma.to_lowercase()).collect();
            let found: BTreeMap<String, usize> =
                index.find(&words, 0).into_iter().map(|(slug, s)| (slug.to_owned(), s.around)).collect();
            for (slug, n) in &found {
                *out.article.entry(slug.clone()).or_default() += n;
            }
            out.sentences.push(found);
        }
        out
    }

    fn in_sentence(&self, sent: usize, slug: &str) -> usize {
        self.sentences.get(sent).and_then(|s| s.get(slug)).copied().unwrap_or(0)
    }

    /// Rank of a sector by its signals in the article, from 0; the sectors without signals stand behind.
    fn rank(&self, slug: &str) -> usize {
        let mine = self.article.get(slug).copied().unwrap_or(0);
        if mine == 0 { 99 } else { self.article.values().filter(|n| **n > mine).count() }
    }
}

fn draft(
    scene: &Scene<'_>,
    cluster: &[&AgreementCandidate],
    sectors: &SectorIndex,
    around: &Surroundings,
    crowded: bool,
    published: Option<NaiveDate>,
) -> AgreementDraft {
    let rank_kind = |k: AgreementType| match k {
        AgreementType::Commitment => 0,
        AgreementType::Plan => 1,
        AgreementType::Declaration => 2,
        AgreementType::Agreement => 3,
        _ => 4,
    };
    let status = status(cluster);
    // What was signed is what the sentences of the signature name.
    let of_status = |c: &&&AgreementCandidate| status == AgreementStatus::Signed && c.status == status;
    let kinds = |list: &[&AgreementCandidate]| list.iter().map(|c| c.kind).max_by_key(|k| rank_kind(*k));
    let signed: Vec<&AgreementCandidate> = cluster.iter().filter(of_status).copied().collect();
    let kind = kinds(&signed).or_else(|| kinds(cluster)).unwrap_or(AgreementType::Agreement);
    let unsigned = unsigned(cluster, kind);
    let telling = |c: &&&AgreementCandidate| {
        let bare = content(c).is_empty();
        (!bare && of_status(c), rank_kind(c.kind), content(c).len().min(6), std::cmp::Reverse(c.source.sent))
    };
    let teller = cluster.iter().max_by_key(telling);
    let topic = teller.map(|c| c.topic.clone()).unwrap_or_default();
    let parties = cluster.first().map(|c| c.parties.clone()).unwrap_or_default();
    let signatories: BTreeSet<usize> = if status == AgreementStatus::Signed {
        cluster
            .iter()
            .flat_map(|c| c.signatories.iter().copied())
            .filter(|p| scene.people.persons[*p].party.is_some_and(|q| parties.contains(&q)))
            .collect()
    } else {
        BTreeSet::new()
    };
    let when: When = cluster
        .iter()
        .filter(|c| c.status == status)
        .filter_map(|c| when::of(c.date.as_ref(), c.reality, published))
        .max_by_key(|w| (w.0.day > 0, w.0.month > 0));
    let mut whole = Features::new();
    whole.put(format_args!("members={}", cluster.len().min(4)));
    whole.put(format_args!("cluster-kind={kind}"));
    whole.put(format_args!("cluster-status={status}"));
    let empty = cluster.iter().all(|c| content(c).is_empty());
    whole.put(format_args!("content={}", !empty));
    for key in ["frame=", "governed=", "construction=", "reality=", "kind="] {
        let values: BTreeSet<&str> =
            cluster.iter().flat_map(|c| c.features.iter().filter(|f| f.starts_with(key))).collect();
        whole.extend(values.into_iter().map(|f| format_compact!("any-{f}")));
    }
    let mut features = whole.clone();
    features.extend(cluster.iter().flat_map(|c| c.features.iter()));
    // What is still being negotiated is no history, and an old pact that is broken is news.
    let open = matches!(status, AgreementStatus::Negotiating | AgreementStatus::Planned);
    let background = !open
        && (when.is_some_and(|w| when::long_past(w.0, published))
            && !(status == AgreementStatus::Broken && cluster.iter().any(|c| old_year(&c.topic, published)))
            || status != AgreementStatus::Broken
                && cluster.iter().all(|c| c.recalled || old_year(&c.topic, published)));
    AgreementDraft {
        kind,
        sectors: sector_drafts(cluster, kind, sectors, around, crowded),
        parties,
        status,
        unsigned: unsigned.0,
        signed_from: unsigned.1,
        topic,
        signatories: signatories.into_iter().collect(),
        when,
        background,
        sources: cluster.iter().map(|c| c.source.clone()).collect(),
        features,
        whole,
        members: (cluster.iter())
            .map(|c| Told { features: c.features.clone(), sources: vec![c.source.clone()] })
            .collect(),
    }
}

/// "the 1972 treaty": a year in the name that lies before the publication year.
fn old_year(topic: &str, published: Option<NaiveDate>) -> bool {
    use chrono::Datelike;
    let Some(day) = published else { return false };
    topic
        .split(|c: char| !c.is_ascii_digit())
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse::<i32>().ok())
        .any(|y| (1800..day.year()).contains(&y))
}

fn status(cluster: &[&AgreementCandidate]) -> AgreementStatus {
    use AgreementStatus::{Agreed, Broken, InForce, Negotiating, Planned, Signed};
    let governed = |c: &&&AgreementCandidate| !c.features.contains("governed=mention");
    let count = |s: AgreementStatus| cluster.iter().filter(governed).filter(|c| c.status == s).count();
    let held = |s: AgreementStatus| {
        cluster.iter().filter(|c| c.status == s && matches!(c.reality, Reality::Held | Reality::Present)).count()
    };
    // "The pact, signed five years ago and approved last month, takes effect": what comes last in the life of an agreement.
    let entries = cluster.iter().filter(|c| enters_into_force(c)).count();
    if entries > 0 && held(Broken) == 0 && count(Signed) <= entries {
        return InForce;
    }
    for s in [Signed, Broken, Agreed] {
        if held(s) > 0 && count(s) >= count(Negotiating).max(count(Planned)) {
            return s;
        }
    }
    [Planned, Negotiating, Agreed, InForce, Broken, Signed]
        .into_iter()
        .max_by_key(|s| count(*s))
        .filter(|s| count(*s) > 0)
        .unwrap_or(InForce)
}

/// The status apart from what tells of a signature, and the confidence from which on the signature may be told: any where the
/// text says who signed and they can bind a state, none where it does not.
fn unsigned(cluster: &[&AgreementCandidate], kind: AgreementType) -> (AgreementStatus, f32) {
    let (signed, others): (Vec<&AgreementCandidate>, Vec<&AgreementCandidate>) =
        cluster.iter().copied().partition(|c| c.status == AgreementStatus::Signed);
    let has = |c: &AgreementCandidate, f: &str| c.features.contains(f);
    let from = |c: &&AgreementCandidate| {
        // An alliance is not signed because something else is.
        let other = kind == AgreementType::Partnership && c.kind != kind;
        let silent = ["completed", "private-agent", "only-spoken-of"].iter().any(|f| has(c, f));
        let between = has(c, "construction=between");
        if other || silent && (!between || has(c, "private-agent")) {
            NEVER
        } else if ["governor", "governor-and", "between"].iter().any(|k| has(c, &format_compact!("construction={k}"))) {
            0.0
        } else {
            // "CHINA, PORTUGAL INITIAL MACAO PACT": who modifies the instrument need not be a party.
            if has(c, "construction=modified") { SIGNED_MODIFIED } else { SIGNED }
        }
    };
    let least = signed.iter().map(from).fold(NEVER, f32::min);
    (if others.is_empty() { AgreementStatus::Agreed } else { status(&others) }, least)
}

/// From this confidence on "signed" is told where the text names the parties and the signature, but not who signed.
const SIGNED: f32 = 0.6;
/// The same where the parties only modify the instrument.
const SIGNED_MODIFIED: f32 = 0.8;
/// No confidence reaches it.
const NEVER: f32 = 2.0;

/// Whether it says that the agreement takes effect, enters into force, or is ratified; and not only that there is one.
fn enters_into_force(c: &AgreementCandidate) -> bool {
    const VERBS: [&str; 5] = ["governor=take", "governor=enter", "governor=come", "governor=go", "governor=ratify"];
    c.status == AgreementStatus::InForce
        && matches!(c.reality, Reality::Held | Reality::Present)
        && c.features.contains("governed=in-force")
        && VERBS.iter().any(|verb| c.features.contains(verb))
}

/// Each sector that the words signal, with the features by which it is judged.
fn sector_drafts(
    cluster: &[&AgreementCandidate],
    kind: AgreementType,
    index: &SectorIndex,
    surroundings: &Surroundings,
    crowded: bool,
) -> Vec<(String, Features)> {
    let mut signals: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut phrases: BTreeMap<&str, Features> = BTreeMap::new();
    for c in cluster {
        index.each(&c.words, |slug, i, first, rest| {
            let entry = signals.entry(slug).or_default();
            let own = i < c.own_words;
            entry.0 += usize::from(own);
            entry.1 += usize::from(!own);
            let place = if own { "own" } else { "around" };
            let phrases = phrases.entry(slug).or_default();
            phrases.put(format_args!("{place}-phrase={slug}+{first} {}", rest.join(" ")));
        });
    }
    let implied = match kind {
        AgreementType::Fta => Some("trade"),
        AgreementType::Ceasefire => Some("peace"),
        AgreementType::Partnership | AgreementType::Commitment | AgreementType::Declaration => Some("politics"),
        _ => None,
    };
    if let Some(slug) = implied {
        signals.entry(slug).or_default();
    }
    let apart = cluster.iter().all(|c| c.features.contains("one-of-several"));
    let statement = cluster.iter().any(|c| c.features.contains("headline-statement"));
    let told: BTreeSet<usize> = cluster.iter().map(|c| c.source.sent).collect();
    for slug in told
        .iter()
        .filter(|_| !apart && !crowded)
        .filter_map(|s| surroundings.sentences.get(*s))
        .flat_map(BTreeMap::keys)
    {
        signals.entry(slug).or_default();
    }
    // What a joint statement is about is what all of it speaks of.
    for (slug, _) in surroundings.article.iter().filter(|(slug, _)| statement && surroundings.rank(slug) < 6) {
        signals.entry(slug).or_default();
    }
    let total = signals.values().filter(|s| s.0 > 0).count();
    signals
        .into_iter()
        .map(|(slug, (own, around))| {
            let mut f = phrases.remove(slug).unwrap_or_default();
            f.put(format_args!("sector={slug}"));
            f.put(format_args!("own={}", own.min(3)));
            f.put(format_args!("around={}", around.min(2)));
            f.put(format_args!("sector+own={slug}+{}", own.min(1)));
            f.put(format_args!("others={}", total.min(4)));
            f.put(format_args!("own+others={}+{}", own.min(1), total.min(3)));
            f.put(format_args!("sector+kind={slug}+{kind}"));
            let here: usize = told.iter().filter(|_| !apart).map(|s| surroundings.in_sentence(*s, slug)).sum();
            let next: usize = told.iter().filter(|_| !apart).map(|s| surroundings.in_sentence(s + 1, slug)).sum();
            let rank = surroundings.rank(slug).min(4);
            f.put(format_args!("sentence={}", here.min(3)));
            f.put(format_args!("next={}", next.min(2)));
            f.put(format_args!("own+sentence={}+{}", own.min(2), here.min(2)));
            f.put(format_args!("article-rank={rank}"));
            f.put(format_args!("own+sentence+crowded={}+{}+{crowded}", own.min(1), here.min(1)));
            f.put(format_args!("own+around+crowded={}+{}+{crowded}", own.min(1), around.min(1)));
            f.put(format_args!("own+rank={}+{}", own.min(1), rank.min(2)));
            f.put(format_args!("sentence+rank={}+{}", here.min(1), rank.min(2)));
            let head = surroundings.in_sentence(0, slug);
            f.put(format_args!("headline={}", head.min(1)));
            if statement {
                f.put(format_args!("statement+rank={rank}"));
            }
            (slug.to_owned(), f)
        })
        .collect()
}
