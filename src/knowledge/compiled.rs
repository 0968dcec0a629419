//! All knowledge as one value.

use super::lexicon::Lexicon;
use super::{Gazetteer, KnowledgeError};

/// Gazetteers, lexicon, sectors: validated.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// Countries, leaders, organizations, places.
    pub gazetteer: Gazetteer,
    /// Frames and titles.
    pub lexicon: Lexicon,
}

impl Knowledge {
    /// The built-in knowledge.
    ///
    /// # Errors
    /// Only where the program was built with broken files; tests guard that.
    pub fn builtin() -> Result<Self, KnowledgeError> {
        Ok(Self { gazetteer: Gazetteer::builtin()?, lexicon: Lexicon::builtin()? })
    }

    /// (sector slug, phrase in lower case) pairs.
    pub fn sector_signals(&self) -> impl Iterator<Item = (&str, &str)> {
        SIGNALS.iter().flat_map(|(slug, phrases)| phrases.split(", ").map(move |p| (*slug, p)))
    }
}

const SIGNALS: [(&str, &str); 22] = [
    (
        "defence",
        "defence, defense, military, security, army, navy, air force, troops, weapon, arms sale, joint exercise, maritime security, intelligence, deterrence, alliance, armed forces, base",
    ),
    (
        "trade",
        "trade, investment, tariff, export, import, market, commerce, commercial, economic, economy, free trade, quota, duty, goods, business, customs",
    ),
    (
        "finance",
        "finance, financial, debt, currency, bank, banking, loan, tax, monetary, exchange rate, budget, credit, swap, capital, bond",
    ),
    (
        "energy",
        "energy, oil, gas, nuclear power, electricity, renewable, solar, wind, hydrogen, pipeline, petroleum, coal, lng, power plant, fuel",
    ),
    (
        "arms-control",
        "arms control, nuclear weapon, missile, nonproliferation, non-proliferation, disarmament, denuclearization, warhead, chemical weapon, nuclear arms, nuclear program",
    ),
    (
        "digital",
        "digital, ai, artificial intelligence, cyber, ict, semiconductor, technology, telecommunication, 5g, internet, data, quantum, e-commerce, chip",
    ),
    (
        "science-space",
        "science, scientific, space, research, innovation, satellite, scientist, astronaut, laboratory, technology",
    ),
    (
        "agriculture",
        "agriculture, agricultural, farm, food, fishery, fishing, fish, forestry, beef, pork, grain, wheat, rice, sugar, cocoa, coffee, livestock, meat",
    ),
    ("health", "health, vaccine, pandemic, covid-19, coronavirus, medical, disease, hospital, medicine, hiv, aids"),
    (
        "environment",
        "environment, environmental, climate, climate change, green, water, biodiversity, emission, conservation, carbon, ocean, pollution, deforestation",
    ),
    (
        "education-culture-sport",
        "education, culture, cultural, sport, student, university, scholarship, school, academic, heritage, training, exchange program, museum, language",
    ),
    (
        "people",
        "people-to-people, tourism, visa, tourist, consular, travel, citizen, passport, people to people, visitor",
    ),
    (
        "migration-labour",
        "migration, migrant, refugee, labor, labour, worker, immigration, asylum, irregular migration, resettlement, displaced, people smuggling",
    ),
    (
        "transport-infrastructure",
        "transport, infrastructure, logistics, shipping, aviation, railway, rail, port, road, airport, construction, smart city, connectivity, flight, bridge",
    ),
    (
        "crime-justice",
        "crime, drug, narcotics, extradition, police, fraud, trafficking, corruption, law enforcement, judicial, justice, money laundering, prisoner, court, smuggling, scam",
    ),
    (
        "counter-terrorism",
        "terrorism, counter-terrorism, counterterrorism, terrorist, violent extremism, isis, isil, al-qaeda, extremism",
    ),
    (
        "aid",
        "aid, development, humanitarian, assistance, grant, relief, donor, poverty, food aid, development assistance",
    ),
    (
        "human-rights",
        "human rights, democracy, rule of law, democratic, freedom, election, rights, religious freedom, gender, women, press freedom, civil society",
    ),
    (
        "territory",
        "border, territorial, maritime, boundary, island, sovereignty, demarcation, territory, exclusive economic zone, south china sea",
    ),
    (
        "politics",
        "relations, diplomatic, political, bilateral relations, ties, dialogue, consultation, relationship, friendship, strategic partnership, normalization",
    ),
    (
        "peace",
        "peace, ceasefire, peacekeeping, mediation, truce, reconciliation, stability, conflict, war, armistice, hostage",
    ),
    (
        "industry-minerals",
        "industry, industrial, mining, mineral, critical mineral, supply chain, manufacturing, steel, rare earth, lithium, uranium, automotive, shipbuilding, battery",
    ),
];
