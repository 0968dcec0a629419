#!/usr/bin/env python3
"""Makes the gazetteer's CSV files from reference lists and the hand-written files beside this script.

Usage: python3 seeds/gazetteer/curation/curate.py [REFERENCE]   (default: ../shared/gazetteer beside the repository)
Same inputs, same bytes. Sources and licences: ../README.md.
"""
import collections
import csv
import difflib
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent
REF = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT.parents[2] / "shared" / "gazetteer"


def fold(text):
    """Lower case without diacritics, hyphens and apostrophes as nothing."""
    text = unicodedata.normalize("NFD", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Mn").lower()
    text = text.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ß", "ss")
    return re.sub(r"[’'`.\-–]", "", text)


def tokens(text):
    return [t for t in re.split(r"[\s\-,]+", fold(text.replace("-", " "))) if t]


def hand(name):
    """Lines of a hand-written file without comments."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def reference(name):
    with open(REF / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, header, rows):
    with open(OUT / name, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    print(f"{name}: {len(rows)} rows, {(OUT / name).stat().st_size} bytes")


# ---------------------------------------------------------------- countries

HISTORICAL = {  # first day, last day, successors
    "SUN": ("1922-12-30", "1991-12-26", "RUS|UKR|BLR|UZB|KAZ|GEO|AZE|LTU|MDA|LVA|KGZ|TJK|ARM|TKM|EST"),
    "DDR": ("1949-10-07", "1990-10-02", "DEU"),
    "CSK": ("1918-10-28", "1992-12-31", "CZE|SVK"),
    "YUG": ("1945-11-29", "2003-02-03", "SCG|HRV|SVN|BIH|MKD|SRB|MNE"),
    "SCG": ("2003-02-04", "2006-06-05", "SRB|MNE"),
    "YMD": ("1967-11-30", "1990-05-21", "YEM"),
}
BORN = {  # states younger than many articles
    "SSD": "2011-07-09", "XKX": "2008-02-17", "TLS": "2002-05-20", "ERI": "1993-05-24", "CZE": "1993-01-01",
    "SVK": "1993-01-01", "MNE": "2006-06-03", "SRB": "2006-06-05", "BIH": "1992-03-01", "HRV": "1991-06-25",
    "SVN": "1991-06-25", "MKD": "1991-09-08", "RUS": "1991-12-26", "NAM": "1990-03-21",
}
WIKIDATA = {"DNK": "Q35", "NLD": "Q55", "YMD": "Q199841"}


def expand(cell, plural):
    """Splits `a|b+|c?`; for adjectives `+` also gives the plural noun."""
    forms, nouns = [], []
    for form in filter(None, (f.strip() for f in cell.split("|"))):
        mark = "?" if form.endswith("?") else ""
        base = form.rstrip("?+")
        forms.append(base + mark)
        if plural and "+" in form:
            nouns.append(base + "s" + mark)
    return forms, nouns


def countries():
    known = {r["iso3"]: r for r in reference("countries.csv")}
    rows = []
    for line in hand("country-forms.txt"):
        code, name, names, adjectives, nouns, capitals, cities, seats = (c.strip() for c in line.split(";"))
        base = known[code]
        adjectives, plurals = expand(adjectives, True)
        nouns = plurals + expand(nouns, False)[0]
        names = [name] + expand(names, False)[0]
        since, until, successors = HISTORICAL.get(code, (BORN.get(code, ""), "", ""))
        region = "/".join(filter(None, (base["un_region"], base["un_subregion"])))
        unique = lambda forms: "|".join(dict.fromkeys(f for f in forms if f))
        rows.append([
            code, base["iso2"], name.rstrip("?"), base["cow"], base["gw"], WIKIDATA.get(code, base["wikidata"]), region,
            since, until, successors, unique(names), unique(adjectives), unique(nouns),
            unique(expand(capitals, False)[0]), unique(expand(cities, False)[0]), unique(expand(seats, False)[0]),
        ])
    rows.sort()
    assert len({r[0] for r in rows}) == len(rows)
    missing = set(known) - {r[0] for r in rows} - {"DEU_W", "ZAR"}
    assert not missing, missing
    write("countries.csv", ["id", "iso2", "name", "cow", "gw", "wikidata", "region", "since", "until", "successors",
                            "names", "adjectives", "nouns", "capitals", "cities", "seats"], rows)
    return rows


# ------------------------------------------------------------ organizations

def organizations(states):
    listed = reference("organizations.csv")
    by_key, by_name, ids = {}, {}, {}
    for r in listed:
        for key in (r["acronym"], r["factbook_key"]):
            by_key.setdefault(key, r)
        for name in [r["name"]] + r["aliases"].split("|"):
            if name:
                by_name.setdefault(fold(name), r)
        if r["wikidata"]:
            ids.setdefault(r["wikidata"], r)
    un = [c[0] for c in states if (known_un.get(c[0]) == "Y")]
    rows = []
    for line in hand("organizations.txt"):
        code, name, forms, members, wikidata = (c.strip() for c in line.split(";"))
        match = by_name.get(fold(name)) or next((by_name[fold(f)] for f in forms.split("|") if fold(f) in by_name), None)
        if match and match["wikidata"]:
            wikidata = match["wikidata"]
        if members == "*":
            members = un
        elif members.startswith("="):
            members = members[1:].split("|")
        elif members:
            r = by_key[members]
            members = (r["members_curated"] or r["members_factbook"]).split("|")
        else:
            members = []
        states_known = {c[0] for c in states}
        unknown = [m for m in members if m and m not in states_known]
        assert not unknown, (code, unknown)
        names = [code.replace("_ORG", "").replace("_BANK", "")] if re.fullmatch(r"[A-Z0-9+]{2,10}", code) else []
        names = [] if code in UNSPOKEN else names
        if code in AMBIGUOUS_ACRONYMS:
            names = [n + "?" for n in names]
        names += [name] + [f.strip() for f in forms.split("|") if f.strip()]
        rows.append([code, name, wikidata, "|".join(dict.fromkeys(names)), "|".join(sorted(filter(None, members)))])
    rows.sort()
    assert len({r[0] for r in rows}) == len(rows)
    seen = collections.Counter(r[2] for r in rows if r[2])
    assert max(seen.values()) == 1, seen.most_common(3)
    write("organizations.csv", ["id", "name", "wikidata", "forms", "members"], rows)


# Ids that are no word of the news, and acronyms that often mean something else.
UNSPOKEN = {"PARISCLUB", "WARSAWPACT", "NORDICCOUNCIL", "ARCTICCOUNCIL", "COLOMBOPLAN", "BALIPROCESS", "PACIFICALLIANCE",
            "RIOGROUP", "LIMAGROUP", "G5SAHEL", "MINSKGROUP", "FIVEEYES", "UNWOMEN", "EUROZONE", "QUARTET", "CONTADORA",
            "COMMONWEALTH", "NONALIGNED", "QUAD"}
AMBIGUOUS_ACRONYMS = {"AL", "EC", "WB", "AU", "EAS", "ECO", "MSG", "PIF", "ADD", "NAM", "AES", "BIS", "NEA", "UNC",
                      "ESM", "IDA", "ARF", "COE", "EAC", "EEA", "ESA", "ICO", "IDB", "CDB", "PCA", "EPC", "STL", "TCS",
                      "MRC", "OTS", "D8", "B9", "E3", "FSB", "G5", "G10", "G15", "G24", "AMU", "NDB", "IWC", "ALBA", "IFC"}


# ------------------------------------------------------------------ leaders

FAMILY_FIRST = {"CHN", "KOR", "PRK", "TWN"}
GIVEN_LAST = {"VNM"}  # the press uses the last, given name
SPANISH = {"ARG", "BOL", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "SLV", "GTM", "HND", "MEX", "NIC", "PAN", "PRY",
           "PER", "ESP", "URY", "VEN", "GNQ"}
PARTICLES = {"de", "da", "do", "dos", "das", "di", "del", "della", "der", "den", "van", "von", "zu", "ten", "ter", "la",
             "le", "du", "bin", "ibn", "bint", "al", "el", "ould", "arap", "af", "san", "abu", "ben", "dal", "st."}
SPANISH_GIVEN = set("""jose juan luis carlos miguel manuel maria pedro jorge francisco antonio rafael alberto fernando
 ricardo eduardo enrique ernesto julio cesar angel andres alejandro victor hugo pablo raul roberto ramon alfredo felipe
 guillermo gustavo oscar mario martin daniel david diego javier joaquin arturo armando rodrigo rodolfo ruben sergio
 vicente jesus ignacio agustin ana laura isabel rosa elena patricia gloria cristina carolina claudia marta lucia teresa
 ivan jaime leonel leonardo nicolas alvaro alvaro gonzalo hernan horacio lucio evo otto marcos mauricio mauro
 abel adolfo adrian alan alonso augusto belisario bernardo camilo dante domingo edgar efrain emilio esteban eugenio fidel
 gabriel gerardo german gilberto hector humberto ismael jeronimo leopoldo lorenzo marcelo marco maximo moises napoleon
 octavio osvaldo porfirio ramiro reinaldo salvador samuel santiago sebastian silvio simon tomas virgilio waldo wilfredo
 clemente nestor dario estela xavier ollanta kuczynski eladio violeta mireya zoila blanca""".split())
PARLIAMENTARY = set("""AUS AUT BEL CAN DNK ESP FIN GBR GRC HUN IND IRL ISL ISR ITA JPN LUX MLT NLD NOR NZL POL PRT SWE CZE
 SVK SVN EST LVA BGR HRV ALB MKD SRB MNE ROU DEU JAM BRB BHS BLZ GRD LCA VCT KNA ATG DMA TTO PNG SLB VUT FJI TUV WSM MUS
 LSO BGD PAK NPL LKA MYS SGP THA KHM TUR LBN IRQ CSK CYM BIH""".split())
HONORIFICS = re.compile(
    r"^(?:(?:Acting|Interim|Caretaker|Prime Ministers?|President-designate|President-elect|Presidents|Premiers|Paramount|Ruler|Tuanku|President|Vice|Deputy|Premier|Sir|Dame|Dr\.?|Gen\.?|"
    r"Lt\.?|Col\.?|Maj\.?|Capt\.?|Adm\.?|Sr\.?|Brig\.?|Field|Marshal|Rear|General|Colonel|Hon\.?|H\.E\.|Amir|Emir|Sheikh|Shaykh|King|"
    r"Queen|Sultan|Prince|Grand|Duke|Chairman|Mr\.?|Mrs\.?|Ms\.?|Rev\.?|Father|Alhaji|El Hadj|Prof\.?|Air|Vice-Mar\.|Cdr\.|Cardinal|Lord|Baroness)\s+)+")
SINGULAR = {"Prime ministers": "Prime Minister", "Presidents": "President", "Kings": "King", "Queens": "Queen",
            "Chancellors": "Chancellor", "Emirs": "Emir", "Premiers": "Premier", "Governors-GENERAL": "Governor-General",
            "Governors-General": "Governor-General", "Captains-REGENT": "Captain Regent", "Rulers": "Ruler",
            "Heads of state": "Head of State", "Heads of government": "Head of Government", "Chief executives": "Chief Executive",
            "Governors": "Governor", "Ministers of state": "Minister of State"}
DEFAULT_TITLE = {"head-of-state": "President", "head-of-government": "Prime Minister", "foreign-minister": "Foreign Minister",
                 "defence-minister": "Defence Minister", "economy-trade-minister": "Minister", "other-minister": "Deputy Prime Minister",
                 "other": "Vice President", "royal": "Crown Prince"}
TRADE = re.compile(r"Financ|Econom|Trade|Commerc|Treasur|Budget|Planning|Revenue|Exchequer", re.I)


GARBLED = {"John Brice O": "John Briceño", "Joao Baptista de Oliveira Figueired": "João Figueiredo",
           "Premiers Ri Ju O": "Ri Ju-o", "Premiers Ri Ju": "Ri Ju-o"}


def clean_name(raw, country):
    name = re.sub(r"\(.*", "", raw).strip(" ,;\"")
    name = re.sub(r'"[^"]*"\s*', "", name)
    name = GARBLED.get(name, HONORIFICS.sub("", name).strip())
    name = re.sub(r"\s+", " ", name)
    if country in SPANISH or country in {"BRA", "PRT", "PHL"}:
        name = re.sub(r" (De|Del|La|Los|Las|Da|Do|Dos|Y)(?= )", lambda m: " " + m.group(1).lower(), name)
    name = re.sub(r"\b([Aa])l-([a-z])", lambda m: m.group(1) + "l-" + m.group(2).upper(), name)
    name = re.sub(r"-([a-z])(?=[a-z]{3,}\b)", lambda m: "-" + m.group(1), name)
    return name


# Occupation authorities that a source lists as the state's own.
FOREIGNERS = {"John Abizaid", "Tommy Franks", "Paul Bremer", "L. Paul Bremer", "L. Paul Bremer III", "Jay Garner"}


def usable(name):
    parts = name.split()
    if not parts or re.search(r"[0-9?_;/]|,(?! (Jr|Sr))", name) or name in FOREIGNERS or len(name) > 48 or name.lower() in {"vacant", "none"}:
        return False
    if any(len(p) == 1 and p.isalpha() and p not in "IVOYE" for p in parts):
        return False
    return name[0].isupper() and parts[0] not in {"Bin", "Al"}


def surname(name, country):
    """The family name as newspapers use it alone."""
    parts = name.split()
    while len(parts) > 1 and (fold(parts[-1]) in {"jr", "sr"} or re.fullmatch("[IVX]+", parts[-1])):
        parts.pop()
    parts = [p.rstrip(",") for p in parts]
    if len(parts) == 1:
        return parts[0]
    if country in FAMILY_FIRST:
        return parts[0] if len(parts) > 1 and ("-" in name or len(parts) in (2, 3)) else parts[-1]
    if country in GIVEN_LAST:
        return parts[-1]
    if country in {"MMR"}:
        return " ".join(parts)
    if country == "KHM":
        return " ".join(parts) if parts[0] in {"Hun", "Heng", "Pol"} else parts[-1]
    if country == "SGP" and parts[0] in {"Lee", "Goh", "Teo", "Tan", "Lim", "Ng", "Wong", "Ong", "Yeo", "Chan", "Gan", "Khaw", "Heng", "Ow"}:
        return parts[0]
    if country in {"ETH", "ERI"}:
        return parts[0]
    if country in SPANISH and len(parts) > 2:
        given = 1
        while given < len(parts) - 1 and fold(parts[given]) in SPANISH_GIVEN:
            given += 1
        end = given
        while end < len(parts) - 1 and parts[end].lower() in PARTICLES | {"los", "las"}:
            end += 1
        return " ".join(parts[given:end + 1])
    # Patronymics ("bin Muhammad") give way to a family name behind them; "Abd al-Aziz" is one name.
    for i in range(1, len(parts)):
        part, rest = parts[i], len(parts) - i
        if fold(parts[i - 1]) in {"abd", "abdul", "abdel"}:
            continue
        if part.lower() in {"bin", "ibn", "bint", "ben"} and rest > 2:
            continue
        if part.lower() in {"al", "el"} and any(p.lower() in {"al", "bin", "bint"} for p in parts[i + 1:]):
            continue
        if part in PARTICLES or re.match(r"(al|el|Al|El)-", part) or (
                part in {"Al", "El", "Ben", "Van", "Von", "De", "Di", "Le", "La", "Ould", "Bin", "Del", "Dos"} and rest > 1):
            return " ".join(parts[i:]) if rest <= 4 else parts[-1]
    return parts[-1]


def office_of(row):
    """(office, title) of a reference row, or None where it says nothing certain."""
    role, text = row["role"], row["office"].replace("_", " ").strip()
    parts = [p.strip() for p in text.split("&")]
    if role in {"foreign", "defence", "economy", "finance", "trade"}:
        if re.search(r"(?<!Vice )(?<!Deputy )(?<!First )\b(Prime Minister|President)\b(?! of| for|, Central)", text) and "Deputy" not in text:
            return None
        want = {"foreign": r"Foreign|External|Diplomat", "defence": r"Defen[cs]e|Armed|War\b|Militar|National Security"}.get(role, TRADE)
        chosen = next((p for p in parts if re.search(want, p)), parts[0])
        chosen = chosen.replace('"Acting"', "").strip()
        junior = re.match(r"(Deputy Minister|Vice Minister|Dep\.|Asst|Assistant|State Minister|Min(ister)? of State|Junior|Parliamentary|Under)", chosen)
        if role == "foreign":
            office = "foreign-minister" if re.search(want, chosen) or "State" in chosen else None
        elif role == "defence":
            office = "defence-minister" if re.search(want, chosen) else None
        else:
            office = "economy-trade-minister" if TRADE.search(chosen) else "other-minister"
        if re.search(r"Governor|Central Bank|Ambassador|Chairman|Director", chosen):
            office = None
        if junior and office:
            office = "other-minister"
        return (office, chosen[:60]) if office else None
    title = re.sub(r"\s*\(.*|\b(Dr|Sir|Dame|Gen|Maj|Lt|Col|Capt|Adm|Sheikh)\b\.?.*$", "", text).strip(" ,")
    title = SINGULAR.get(title, title)
    low = title.lower()
    if role == "deputy_head":
        if "crown prince" in low:
            return "royal", "Crown Prince"
        if "president" in low:
            return "other", title
        if low in {"vice", "first", "second", "third", "executive vice"}:
            return "other", "Vice President"
        return "other-minister", "Deputy Prime Minister" if low in {"deputy", "first deputy", "second deputy"} else title
    if role == "vice_regal":
        return ("other", title) if title else None
    if role == "head_of_government":
        if "crown prince" in low:
            return "royal", "Crown Prince"
        if re.search(r"\b(king|sultan|emir|amir)\b", low):
            return "head-of-state", title
        if "president" in low and not re.search(r"president of the (council|government|executive|cabinet)|executive|council", low):
            return "head-of-state", "President" if low.startswith("president") else title
        return "head-of-government", title or "Prime Minister"
    if role == "head_of_state":
        if re.search(r"vice.?president", low):
            return "other", "Vice President"
        if re.search(r"syndic|administrator|coprince|political bureau|paramount|rada|supreme soviet$|high representative|other members|general people's|secretar(y|ies) of|commission|committee", low):
            return None if "general secretar" not in low and "secretaries of the central" not in low else ("head-of-state", "General Secretary")
        if re.search(r"prime minister|premier|cabinet chief|chief minister|minister of state|heads? of government|federal executive council|executive council|commissars|chief executive|council of ministers|council of state secretaries", low):
            return "head-of-government", "Prime Minister" if "minister" in low else title
        if low.startswith("general secretar"):
            return "head-of-state", "General Secretary"
        return "head-of-state", title or "President"
    return None


def successor_state(country, start, end):
    """The reference lists some former states under their heirs."""
    last = end or "9999"
    if country == "SRB" and start and start < "1992-04":
        return "YUG" if last < "1992-05" else country
    if country == "RUS" and start and start < "1991-07":
        return "SUN"
    if country == "CZE" and start and start < "1993":
        return "CSK"
    return country


class Term:
    """One term of one person, while it is merged."""

    def __init__(self, country, name, aliases, office, title, start, start_open, end, end_open, end_rank, wikidata, share):
        self.country, self.name, self.aliases, self.office, self.title = country, name, aliases, office, title
        self.start, self.start_open, self.end, self.end_open, self.end_rank = start, start_open, end, end_open, end_rank
        self.wikidata, self.share = wikidata, share

    def span(self):
        return (self.start or "0000", self.end if self.end and not (self.end_open and False) else (self.end or "9999"))


def ratio(a, b):
    return difflib.SequenceMatcher(None, a, b).ratio()


def same_person(a, b, strict=False):
    ta, tb = tokens(a), tokens(b)
    if not ta or not tb:
        return False
    if len(ta) == 1 or len(tb) == 1:
        one, many = (ta[0], tb) if len(ta) == 1 else (tb[0], ta)
        return any(one == t or ratio(one, t) > 0.85 for t in many)
    if strict:
        return sorted(ta) == sorted(tb) or ratio("".join(ta), "".join(tb)) > 0.93
    chained = {"bin", "ibn", "bint"} & set(ta + tb)
    if (set(ta) <= set(tb) or set(tb) <= set(ta)) and not (chained and ratio(ta[0], tb[0]) < 0.7):
        return True
    return (ta[0][0] == tb[0][0] and ratio(ta[-1], tb[-1]) > 0.74 and ratio("".join(ta), "".join(tb)) > 0.78
            and not (chained and ratio(ta[0], tb[0]) < 0.7))


STRICT = {"KOR", "PRK", "CHN", "TWN", "VNM", "MMR", "LAO", "KHM"}  # short syllables: near is not same


def overlap_days(a, b):
    def days(text, last):
        y, m, d = (text.split("-") + ["", ""])[:3]
        return int(y) * 372 + (int(m or (12 if last else 1)) - 1) * 31 + int(d or (31 if last else 1))
    start = max(days(a[0], False) if a[0] else 0, days(b[0], False) if b[0] else 0)
    end = min(days(a[1], True) if a[1] else 10**9, days(b[1], True) if b[1] else 10**9)
    return end - start


def hand_leaders():
    terms, country, office, title = [], None, None, None
    for line in hand("leaders-by-hand.txt"):
        if line.startswith("@"):
            _, country, office, title = line.split(" ", 3)
            continue
        names, start, end = (c.strip() for c in line.split(";"))
        names = [n.strip() for n in names.split(" = ")]
        name = names[0].replace("*", "")
        if "*" in names[0]:
            family = names[0].split("*", 1)[1]
        else:
            family = surname(name, country)
        name = re.sub(r"^(King|Queen|Prince|Sheikh|Emperor|Crown Prince|Ayatollah|Pope|Lord) (?=\S+ \S+)", r"\1 ", name)
        terms.append((country, name, [n.replace("*", "") for n in names[1:]], family, office, title, start, end, ""))
    return terms


def derived_leaders(by_hand):
    held = collections.defaultdict(list)
    for t in by_hand:
        held[t[0], t[4]].append(t)
        held[t[0], None].append(t)
    people = collections.defaultdict(list)
    for row in reference("leaders.csv"):
        if row["tier"] == "unstated" or row["country_iso3"] in {"EUE", "AFU"}:
            continue
        name = clean_name(row["name"], row["country_iso3"])
        if not usable(name):
            continue
        start, end, precision = row["start"], row["end"], row["end_precision"]
        country = successor_state(row["country_iso3"], start, end)
        start_open = precision.startswith("left-censored")
        if start_open:
            start = "2003-01"
        end_open = False
        rank = {"": 0, "month": 1, "month (CIA directory)": 2, "successor start (inferred)": 2}.get(precision, 3)
        if precision.startswith("right-censored"):
            end, end_open = {"right-censored 2011-02": "2011-02", "right-censored ~2009": "2009-01",
                             "right-censored 2021-03": "2021-03"}[precision], True
        elif precision == "last edition seen":
            end_open = True
        elif precision.startswith("current"):
            end = ""
        if not start and not end:
            continue
        if end and start and end < start[:len(end)]:
            continue
        aliases = [clean_name(a, country) for a in row["aliases"].split("|") if a]
        accepted = row["wikidata_match"] in {"name", "source"} or (
            row["wikidata_match"] in {"subset", "term+token"} and any(
                same_person(name, re.sub(r" \(.*", "", a)) and len(tokens(a)) > 1 for a in [row["enwiki"]] + aliases if a))
        page = re.sub(r" \(.*", "", row["enwiki"])
        if accepted and page and " of " not in page and len(page.split()) > 1 and same_person(name, page) and usable(page):
            aliases.insert(0, name)
            name = page
        wikidata = row["wikidata"] if accepted else ""
        if row["role"] == "effective_leader":
            office = ("head-of-government" if country in PARLIAMENTARY else "head-of-state", "")
        else:
            office = office_of(row)
        if not office:
            continue
        aliases = [a for a in aliases if usable(a) and same_person(name, a)]
        term = Term(country, name, aliases, office[0], office[1], start, start_open, end, end_open, rank, wikidata,
                    row["tier"] == "sharealike")
        term.effective = row["role"] == "effective_leader"
        people[country].append(term)
    out = []
    for country in sorted(people):
        out += clipped(merge(country, people[country], held))
    return out


def clipped(rows):
    """Ends a top term where the next holder's begins: a source that lists only a year's last holder ends it too late."""
    out = []
    for row in rows:
        country, name, _, _, office, _, start, end, _ = row
        if office in {"head-of-state", "head-of-government"} and country not in DUAL and not CROWNED.search(row[5]) and start and not start.startswith(".."):
            later = [r[6] for r in rows if r[4] == office and r[1] != name and not r[6].startswith("..")
                     and overlap_days((start, r[6]), (start, r[6])) > 45
                     and overlap_days((r[6], end.rstrip(".")), (r[6], end.rstrip("."))) > 45
                     and overlap_days((r[6], r[7].rstrip(".")), (r[6], r[7].rstrip("."))) > 60]
            if later:
                row = row[:7] + (min(later),) + row[8:]
        out.append(row)
    return out


CROWNED = re.compile(r"King|Queen|Emir|Amir|Sultan|Monarch|Emperor|Ruler|Duke|Prince|Pope")
# States with several heads at once.
DUAL = {"VNM", "LAO", "CHN", "CUB", "PRK", "BIH", "SMR", "CHE", "AND", "SUN", "YUG", "DDR", "CSK", "SAU", "ARE", "KHM", "MMR", "AFG"}


def merge(country, terms, held):
    # One person, one id: longest names first, so that "Orban" joins "Viktor Orbán".
    clusters = []
    for term in sorted(terms, key=lambda t: (-len(tokens(t.name)), t.name, t.start or "", t.office)):
        for cluster in clusters:
            if any(same_person(term.name, other.name, country in STRICT) for other in cluster[:3]) and (
                len(tokens(term.name)) > 1 or any(overlap_days((term.start, term.end), (o.start, o.end)) > -400 for o in cluster)
            ):
                cluster.append(term)
                break
        else:
            clusters.append([term])
    out = []
    for cluster in clusters:
        named = collections.Counter(t.name for t in cluster if len(tokens(t.name)) > 1)
        if not named and not any(t.office == "head-of-state" and not t.effective for t in cluster):
            continue
        pages = [t.name for t in cluster if t.wikidata and len(tokens(t.name)) > 1]
        name = pages[0] if pages else (max(named, key=lambda n: (named[n], -len(n), n)) if named else cluster[0].name)
        ids = collections.Counter(t.wikidata for t in cluster if t.wikidata)
        wikidata = max(ids, key=lambda i: (ids[i], i)) if ids else ""
        aliases = dict.fromkeys(a for t in cluster for a in [t.name] + t.aliases)
        seen, kept = {fold(name)}, []
        for alias in aliases:
            if fold(alias) not in seen and len(tokens(alias)) > 1:
                seen.add(fold(alias))
                kept.append(alias)
        official = [t for t in cluster if not t.effective]
        for office in sorted({t.office for t in cluster}):
            rows = [t for t in cluster if t.office == office]
            if any(not t.effective for t in rows):
                rows = [t for t in rows if not t.effective]
            elif any(o.office in {"head-of-state", "head-of-government"} and overlap_days((t.start, t.end), (o.start, o.end)) > 0
                     for t in rows for o in official):
                continue
            for t in joined(rows):
                if taken_by_hand(country, name, office, t, held):
                    continue
                out.append((country, name, kept[:4], surname(name, country), office, t.title or DEFAULT_TITLE[office],
                            (".." if t.start_open else "") + (t.start or ""), (t.end or "") + (".." if t.end_open else ""), wikidata))
    return out


def joined(rows):
    """Merges terms of one person in one office that touch."""
    rows = sorted(rows, key=lambda t: (t.start or "", t.end or "9999"))
    done = []
    for t in rows:
        last = done[-1] if done else None
        if last and overlap_days((last.start, last.end), (t.start, t.end)) > -70:
            if (t.end_rank, t.end or "9999") < (last.end_rank, last.end or "9999") or (
                t.end_rank == last.end_rank and (t.end or "9999") > (last.end or "9999")) or (
                t.end_rank > last.end_rank and t.start and last.end and t.start > last.end):
                last.end, last.end_open, last.end_rank = t.end, t.end_open, t.end_rank
            if last.start_open and not t.start_open and t.start and t.start[:7] < (last.start or "9999")[:7]:
                last.start, last.start_open = t.start, False
            if len(t.start or "") > len(last.start or "") and (t.start or "")[:7] == (last.start or "")[:7]:
                last.start = t.start
            last.title = last.title or t.title
        else:
            done.append(t)
    return done


def taken_by_hand(country, name, office, t, held):
    for h in held[country, office]:
        span = (h[6], h[7])
        alike = any(same_person(name, n) for n in [h[1]] + h[2])
        if alike and overlap_days(span, (t.start, t.end)) > -370:
            return True
        if office in {"head-of-state", "head-of-government", "foreign-minister"} and overlap_days(span, (t.start, t.end)) > 45:
            return True
    if office == "royal" or (country, office) == ("SAU", "head-of-government"):
        return any(same_person(name, n) for h in held[country, None] for n in [h[1]] + h[2])
    # A person listed by hand as head of state is not head of government as well, and the reverse.
    top = {"head-of-state": "head-of-government", "head-of-government": "head-of-state"}
    if office in top:
        for h in held[country, top[office]]:
            if any(same_person(name, n) for n in [h[1]] + h[2]) and overlap_days((h[6], h[7]), (t.start, t.end)) > 45:
                return True
    return False


def korean(name):
    """"Lee Jae Myung" and "Lee Jae-myung"."""
    parts = name.replace("-", " ").split()
    if len(parts) != 3:
        return []
    return [f"{parts[0]} {parts[1]} {parts[2].capitalize()}", f"{parts[0]} {parts[1]}-{parts[2].lower()}"]


def leaders():
    by_hand = hand_leaders()
    derived = derived_leaders(by_hand)
    header = ["country", "name", "aliases", "surname", "office", "title", "start", "end", "wikidata"]
    names = {fold(t[1]): t[8] for t in derived if t[8]}
    for table, file in ((by_hand, "leaders-by-hand.csv"), (derived, "leaders.csv")):
        rows = []
        for country, name, aliases, family, office, title, start, end, wikidata in table:
            extra = []
            if country in {"KOR", "PRK"}:
                extra = [a for n in [name] + aliases for a in korean(n)]
            elif country == "JPN" and len(name.split()) == 2 and family == name.split()[1]:
                extra = [f"{family} {name.split()[0]}"]
            elif country in SPANISH and len(name.split()) > 2:
                words = name.split()
                at = next((i for i, w in enumerate(words) if w == family.split()[0]), 0)
                extra = [f"{words[0]} {family}"] if at > 0 and len(words) > at + 1 else []
            seen, kept = {name}, []
            for alias in aliases + extra:
                if alias not in seen and alias != family:
                    seen.add(alias)
                    kept.append(alias)
            rows.append([country, name, "|".join(kept), family, office, title, start, end, wikidata])
        rows = sorted(map(list, {tuple(r) for r in rows}), key=lambda r: (r[0], r[1], r[6].lstrip("."), r[4]))
        write(file, header, rows)


def prune_traps(states):
    """Keeps the traps that hold a form of some state or the name of some place."""
    forms = {f.rstrip("?") for row in states for cell in row[10:16] for f in cell.split("|") if f}
    with open(OUT / "places.csv", encoding="utf-8", newline="") as file:
        forms |= {f.rstrip("?") for row in csv.reader(file) for cell in row[1:] for f in cell.split("|") if f}
    path = OUT / "traps.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept, seen = [], set()
    for line in lines:
        if line.startswith("#") or line == "phrase,kind":
            kept.append(line)
            continue
        phrase = next(csv.reader([line]))[0]
        words = re.split(r"[\s,]+|(?<=\w)-(?=\w)", phrase)
        held = any(" ".join(words[i:j]) in forms for i in range(len(words)) for j in range(i + 1, len(words) + 1))
        if (held or phrase in {"the Americas", "Giorgia Meloni"}) and phrase not in seen:
            kept.append(line)
            seen.add(phrase)
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"traps.csv: {len(seen)} phrases of {len(lines)} lines")


known_un = {r["iso3"]: r["un_member"] for r in reference("countries.csv")}
if __name__ == "__main__":
    states = countries()
    organizations(states)
    leaders()
    prune_traps(states)
