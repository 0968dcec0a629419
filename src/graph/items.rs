//! Tellings → what their comparison needs: the words of topics and sentences, without the names of who is in them.

use super::error::StoreError;
use super::identity::Item;
use super::store::{Store, value};
use super::telling::{Sources, Telling};
use super::topics::Topic;
use super::vocab::graphs;
use super::{mint, names};
use oxigraph::model::NamedNodeRef;
use oxigraph::model::vocab::rdfs;
use std::rc::Rc;

impl Store {
    /// The tellings with what their comparison needs.
    pub(super) fn items<'t>(
        &self,
        sources: &mut Sources,
        tellings: &'t [Telling],
    ) -> Result<Vec<Item<'t>>, StoreError> {
        let mut items = Vec::with_capacity(tellings.len());
        for telling in tellings {
            let mut words = Vec::new();
            for party in &telling.parties {
                words.extend(self.name_words(sources, party)?.iter().cloned());
            }
            let topic = telling.topic.as_deref().map(|text| Topic::new(text, &words)).unwrap_or_default();
            let sentences: Vec<&str> = telling.quotes.iter().map(String::as_str).collect();
            // "Sanctioned" speaks for no one sanction.
            words.push(telling.event_type.to_lowercase());
            words.extend(telling.article.names.values().flat_map(|name| names::words(name)));
            items.push(Item::new(telling, topic, Topic::new(&sentences.join(" "), &words)));
        }
        Ok(items)
    }

    /// The words of a party's name and code, in lower case. Only listed parties have a name here, because the names of the
    /// others change with the articles.
    pub(super) fn name_words(&self, sources: &mut Sources, party: &str) -> Result<Rc<[String]>, StoreError> {
        if let Some(known) = sources.parties.get(party) {
            return Ok(Rc::clone(known));
        }
        let code = mint::code(party);
        let mut words = vec![code.to_lowercase()];
        if self.listed.contains_key(&code) {
            let node = NamedNodeRef::new_unchecked(party);
            for quad in self.quads(Some(node), Some(rdfs::LABEL), None, Some(graphs::REFERENCE))? {
                let name = value(&quad.object).to_lowercase();
                words.extend(name.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
            }
        }
        let words: Rc<[String]> = words.into();
        sources.parties.insert(party.to_owned(), Rc::clone(&words));
        Ok(words)
    }
}
