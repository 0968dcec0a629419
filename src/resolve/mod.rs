//! Coreference, entity linking, dates, dyads, factuality → the facts of one article.
