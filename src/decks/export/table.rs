//! A deck to a table: a row a card, the first row the names of the columns. Fronts and backs are Markdown.

use csv::WriterBuilder;

use crate::quiz::deck::Deck;

/// The table, with this between its columns.
pub(super) fn write(deck: &Deck, separator: u8) -> Result<Vec<u8>, csv::Error> {
    let mut table = WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    table.write_record(["id", "topic", "level", "front", "back", "sources", "exams", "since", "until"])?;
    for card in &deck.cards {
        let level = card.level.get().to_string();
        let [sources, exams] = [&card.sources, &card.exams].map(|texts| texts.join(" "));
        let [since, until] = [&card.since, &card.until].map(|version| version.as_deref().unwrap_or_default());
        let texts = [card.id.as_str(), &card.topic, &level, &card.front, &card.back, &sources, &exams, since, until];
        table.write_record(texts)?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}
