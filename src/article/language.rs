//! Text → the language it is written in. Leans to English, since names and figures look like any language.

use whatlang::{Lang, Script};

/// Words of English that other languages of Latin script do not have.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "that", "with", "said", "from", "their", "which", "this", "would", "have", "been", "by", "its",
    "were", "after", "between", "his", "they", "who", "will", "has", "to",
];
/// Words that the other large languages of Latin script have in every other sentence, and English has not.
const FOREIGN: &[&str] = &[
    // Romance
    "el", "la", "los", "las", "del", "de", "que", "en", "un", "una", "por", "con", "para", "le", "les", "des", "du",
    "et", "une", "dans", "pour", "sur", "est", "par", "au", "aux", "il", "gli", "di", "che", "della", "per", "sono",
    "os", "da", "dos", "das", "em", "um", "uma", "com", "não", "și", "pe", "cu", "al", // Germanic
    "der", "die", "den", "dem", "und", "ist", "von", "mit", "ein", "eine", "zu", "im", "für", "het", "een", "op",
    "met", "voor", "zijn", "och", "att", "det", "som", "är", "på", "av", "og", "er", "til", "ikke",
    // Slavic, Baltic, Uralic, Turkic
    "na", "się", "że", "je", "se", "ir", "ja", "että", "az", "és", "hogy", "ve", "bir", "bu", "için",
    "ile", // Malay, Tagalog, Vietnamese
    "yang", "dan", "pada", "untuk", "dengan", "ini", "itu", "ang", "ng", "sa", "mga", "và", "của", "các",
];
/// Characters that are enough to know.
const SAMPLE: usize = 4000;
/// Words below which a text in Latin letters is taken for English.
const FEW: usize = 12;

/// ISO 639-1 code (ISO 639-3 where there is none) of the language of `text`.
pub(super) fn detect(text: &str) -> String {
    let sample: String = text.chars().take(SAMPLE).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let latin = sample.chars().filter(|c| c.is_alphabetic() && is_latin(*c)).count();
    if latin * 2 < letters {
        // Two letters of Korean in a headline do not make an article Korean; most letters do.
        return whatlang::detect(&sample)
            .filter(|i| i.script() != Script::Latin)
            .map_or("und", |i| code(i.lang()))
            .to_owned();
    }
    let words: Vec<String> =
        sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let english = words.iter().filter(|w| ENGLISH.contains(&w.as_str())).count();
    // Running English has one such word in five; a market report made of figures still has one in twenty.
    if words.len() < FEW || english * 12 >= words.len() {
        return "en".to_owned();
    }
    let foreign = words.iter().filter(|w| FOREIGN.contains(&w.as_str())).count();
    let marked = sample.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    // A table of earnings looks like French to any statistics of letters, but has no French word.
    let is_foreign = english * 25 < words.len() && (foreign * 12 >= words.len() || marked * 33 >= letters);
    match whatlang::detect(&sample).filter(|info| is_foreign && info.confidence() > 0.3) {
        Some(info) => code(info.lang()).to_owned(),
        None => "en".to_owned(),
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}')
}

/// ISO 639-3 and ISO 639-1 codes of the languages that the detector knows.
const CODES: &str = "eng en rus ru cmn zh spa es por pt ita it ben bn fra fr deu de ukr uk kat ka ara ar hin hi jpn ja heb he \
    yid yi pol pl amh am jav jv kor ko nob no dan da swe sv fin fi tur tr nld nl hun hu ces cs ell el bul bg bel be mar mr \
    kan kn ron ro slv sl hrv hr srp sr mkd mk lit lt lav lv est et tam ta vie vi urd ur tha th guj gu uzb uz pan pa aze az \
    ind id tel te pes fa mal ml ori or mya my nep ne sin si khm km tuk tk aka ak zul zu sna sn afr af lat la slk sk cat ca \
    tgl tl hye hy cym cy epo eo";

fn code(lang: Lang) -> &'static str {
    let mut codes = CODES.split_whitespace();
    codes.find(|c| *c == lang.code()).and_then(|_| codes.next()).unwrap_or(lang.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_english_news_is_english() {
        for text in [
            "Wong, Lee meet",
            "Chile and Peru signed a trade agreement on Monday.",
            "Macron, Merkel, Conte, Sánchez, Rutte, Kurz, Löfven, Frederiksen, Marin, Morawiecki, Babiš, Orbán, Borisov attend.",
            "Kuala Lumpur, Jakarta, Manila, Hanoi, Vientiane, Phnom Penh, Naypyidaw, Bandar Seri Begawan, Dili: talks held",
            "WHEAT 120.5 118.2 CORN 99 98 SOYBEANS 210 205 JAN FEB MAR APR MAY JUN",
            "Nigerian leader Bola Tinubu urges investment in agriculture during Brasília visit (이재명, 習近平)",
            "",
        ] {
            assert_eq!(detect(text), "en", "{text:?}");
        }
    }

    #[test]
    fn other_languages_are_told() {
        for (text, expected) in [
            (
                "El presidente de Chile firmó ayer un acuerdo comercial con el Perú durante su visita oficial a Lima, según informó el gobierno.",
                "es",
            ),
            (
                "Le ministre des Affaires étrangères a signé lundi un accord de coopération avec son homologue marocain à Rabat, selon un communiqué.",
                "fr",
            ),
            (
                "Der Bundeskanzler traf am Montag den polnischen Ministerpräsidenten in Warschau, um über die Zusammenarbeit der beiden Länder zu sprechen.",
                "de",
            ),
            ("이재명 대통령은 2일 싱가포르 총리와 정상회담을 하고 전략적 동반자 관계를 수립하기로 했다.", "ko"),
            ("Президент России встретился в понедельник с премьер-министром Индии в Москве.", "ru"),
            ("中国外交部长周一会见了到访的新加坡外长，双方就合作交换了意见。", "zh"),
            (
                "Presiden Indonesia menandatangani perjanjian kerja sama dengan Perdana Menteri Malaysia di Jakarta pada hari Senin untuk memperkuat hubungan kedua negara.",
                "id",
            ),
            (
                "De minister-president heeft maandag in Brussel een akkoord gesloten met zijn Belgische collega over de samenwerking tussen beide landen.",
                "nl",
            ),
        ] {
            assert_eq!(detect(text), expected, "{text:?}");
        }
    }
}
